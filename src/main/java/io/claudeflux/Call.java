package io.claudeflux;

import io.claudeflux.config.Timeouts;
import io.claudeflux.error.AdmissionException;
import io.claudeflux.error.ApiException;
import io.claudeflux.error.AuthenticationException;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ClockException;
import io.claudeflux.error.ClockException.Clock;
import io.claudeflux.error.FailureContext;
import io.claudeflux.error.Finding;
import io.claudeflux.error.Origin;
import io.claudeflux.internal.admission.Pass;
import io.claudeflux.internal.admission.Permits;
import io.claudeflux.internal.admission.Turn;
import io.claudeflux.internal.http.HttpCall;
import io.claudeflux.internal.protocol.Progress;
import io.claudeflux.internal.retry.Decision;
import io.claudeflux.internal.retry.RetryPlan;
import io.claudeflux.message.PartialMessage;
import io.claudeflux.message.ResponseMetadata;
import io.claudeflux.message.UsageReport;
import io.claudeflux.stream.MessageStop;
import io.claudeflux.stream.Ping;
import io.claudeflux.stream.StreamEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;

/**
 * One subscription: what its attempts have in common, from how many there were to what became of them.
 *
 * <p>Its state follows the call's signals, one after another. A cancel and the total clock may come from other threads;
 * what they read is volatile, or guarded by its owner.
 */
final class Call {
    private final Errand errand;
    private final Terms terms;
    private final Scheduler timer;
    private final ContextView context;
    private final long began;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Standing standing;
    private final CallRecord record;
    private final Hearing hearing;
    private volatile RetryPlan plan;
    private volatile String model;
    private volatile int attempts;
    private volatile boolean committed;
    private volatile boolean ambiguous;
    private volatile boolean whole;
    private volatile @Nullable Pass pass;
    private volatile @Nullable HttpCall asked;
    private volatile @Nullable BooleanSupplier renewal;
    private volatile boolean renewed;
    private volatile @Nullable Progress progress;
    private volatile @Nullable String requestId;
    private volatile Duration waited = Duration.ZERO;

    Call(Errand errand, Terms terms, Scheduler timer, ContextView context) {
        this.errand = errand;
        this.terms = terms;
        this.timer = timer;
        this.context = context;
        this.model = errand.model();
        this.standing = new Standing(errand, context, timer);
        this.record = new CallRecord(errand, terms.site(), timer);
        this.plan = terms.plans().get();
        this.began = now();
        this.hearing = terms.hearing()
                .onCall(new CallListener.Start(
                        errand.endpoint().toString(),
                        terms.site().baseUrl(),
                        errand.model(),
                        errand.isStream(),
                        errand.numbers(),
                        context));
    }

    /**
     * What a call may do and who hears of it.
     *
     * @param timeouts its clocks
     * @param plans makes the plan of retries for each call
     * @param hearing who hears of it
     * @param site where it goes
     * @param isRepeatable whether an attempt may be sent twice where it may have been served
     */
    record Terms(
            Timeouts timeouts,
            Supplier<RetryPlan> plans,
            Hearing hearing,
            CallRecord.Site site,
            boolean isRepeatable) {}

    /** Those of its exchanges, which are under all clocks but the one of the whole call. */
    HttpCall.Terms httpTerms() {
        return new HttpCall.Terms(timeouts().withTotal(Duration.ZERO), terms.isRepeatable());
    }

    Timeouts timeouts() {
        return terms.timeouts();
    }

    /** A place in the queue for the next attempt: at its head for a retry, and for no longer than the clock allows. */
    Turn turn(Outgoing.Load load) {
        return standing.next(attempts > 0, timeouts().queue(), load);
    }

    /** An attempt has its permit and begins; the answer is how many there were before. */
    int begin(Pass newPass) {
        pass = newPass;
        waited = standing.leave();
        asked = null;
        renewal = null;
        progress = null;
        requestId = null;
        int before = attempts;
        attempts = before + 1;
        record.begin(attempts, model);
        hearing.onAttempt(attempt());
        return before;
    }

    /** The headers of an attempt are there; some more may come. */
    void send(BiConsumer<String, String> headers) {
        hearing.onSend(attempt(), headers);
    }

    /** Something about a request may go wrong, with the model that it asks. */
    void warn(String ofModel, Finding warning) {
        hearing.onWarning(new CallListener.Warning(warning, ofModel, context));
    }

    /** An attempt is about to be sent. */
    HttpCall ask(Outgoing.Ready ready) {
        asked = ready.call();
        record.write(ready.call().size());
        renewal = ready.renewal();
        return ready.call();
    }

    /** An attempt has a body; what comes of it is known there. */
    Progress receive(ResponseMetadata head, Progress progress) {
        this.progress = progress;
        answered(head);
        Pass own = pass;
        if (own != null) {
            own.answered(head, progress::usage);
        }
        return progress;
    }

    /** An attempt has the head of a response. */
    void answered(ResponseMetadata head) {
        requestId = head.requestId().orElse(null);
    }

    /** An attempt has content. */
    void begun() {
        if (!ended.get()) {
            hearing.onFirstEvent(new CallListener.FirstEvent(attempt(), elapsed()));
        }
    }

    /** What the server said in this attempt, fit to be shown. */
    String withoutSecrets(String text) {
        HttpCall request = asked;
        return request == null ? text : request.withoutSecrets(text);
    }

    private CallListener.Attempt attempt() {
        return new CallListener.Attempt(attempts, errand.endpoint().toString(), model, waited, context);
    }

    /** The attempt; after a failure a wait and then another one, or the failure, with the reason why there is none. */
    <T> Flux<T> retried(Flux<T> attempt, Lifecycle lifecycle) {
        Retry rest = Retry.from(signals -> signals.concatMap(signal -> retry(signal.failure(), lifecycle)));
        // The first attempt, mostly the only one, goes without retryWhen, which takes two locks for each event.
        return attempt.onErrorResume(error -> retry(error, lifecycle).thenMany(attempt.retryWhen(rest)));
    }

    private Mono<Long> retry(Throwable error, Lifecycle lifecycle) {
        if (ended.get()) {
            // A cancel met the failure on its way: it is nobody's, and costs nothing.
            return Mono.never();
        }
        if (!(error instanceof ClaudeException failure)) {
            return Mono.error(error);
        }
        if (failure.isAmbiguous()) {
            ambiguous = true;
        }
        if (isRenewed(failure)) {
            again(failure, Duration.ZERO, model);
            return lifecycle.pause(Duration.ZERO);
        }
        Decision decision = plan.after(failure, committed, remaining());
        if (decision instanceof Decision.Retry next) {
            again(failure, next.delay(), model);
            return lifecycle.pause(next.delay());
        }
        Decision.GiveUp end = (Decision.GiveUp) decision;
        return Mono.error(failure.withContext(failure.context().withNotRetried(end.reason())));
    }

    /**
     * Whether a token was refused that can be replaced, once for each call. The next attempt is no retry of the plan:
     * it neither waits nor costs anything, for the server has done no work.
     */
    private boolean isRenewed(ClaudeException failure) {
        boolean isRefusal = failure instanceof ApiException answer
                && (answer instanceof AuthenticationException || answer.effectiveStatus() == 401);
        BooleanSupplier shown = renewal;
        if (!isRefusal || committed || renewed || shown == null) {
            return false;
        }
        renewed = shown.getAsBoolean();
        return renewed;
    }

    /** Falls back to another model. */
    void fallBack(String nextModel, ClaudeException failure) {
        if (failure instanceof AdmissionException) {
            standing.leave();
        }
        again(failure, Duration.ZERO, nextModel);
        model = nextModel;
        plan = plan.forAnotherModel();
    }

    private void again(ClaudeException failure, Duration delay, String nextModel) {
        ClaudeException known = known(failure);
        record.fail(known, delay);
        asked = null;
        progress = null;
        requestId = null;
        hearing.onRetry(new CallListener.Retry(attempt(), known, delay, nextModel));
    }

    /**
     * All models stand in the same queue, and behind the same address: where that is the fault, none helps. It is not
     * where the one that was asked is kept back.
     */
    boolean mayFallBack(ClaudeException failure, Permits permits) {
        // Without a request the fault is with who asks: no token for one model is none for any.
        boolean isAnswer =
                failure instanceof AdmissionException ? standing.isKeptBack(failure, permits) : asked != null;
        boolean isTheirs = isAnswer
                && failure.origin() != Origin.CONNECT
                && !(failure instanceof ClockException late && late.clock() == Clock.CONNECT);
        return !committed && isTheirs && Fallbacks.isWorthIt(failure);
    }

    /** Null if the call may take as long as it likes. */
    private @Nullable Duration remaining() {
        Duration total = timeouts().total();
        return total.isZero() ? null : total.minusNanos(now() - began);
    }

    /** The call as its subscriber sees it: under its total clock, its errors complete, and heard of. */
    <T> Flux<T> observed(Flux<T> attempts, Lifecycle lifecycle) {
        Duration total = timeouts().total();
        Flux<T> timed = total.isZero() ? attempts : TotalClock.of(attempts, total, timer, this::expired);
        return timed.transform(Operators.<T, T>lift((source, actual) -> new Observed<T>(actual, this, lifecycle)));
    }

    /** How the call ends when its time is up: an answer that was handed down whole completes. */
    private @Nullable ClaudeException expired() {
        if (whole) {
            return null;
        }
        HttpCall request = asked;
        boolean isUnanswered = request != null && request.isUnanswered();
        FailureContext context = FailureContext.attempted(true);
        return new ClockException(
                Clock.TOTAL, timeouts().total(), null, isUnanswered ? context.asAmbiguous() : context);
    }

    /** The failure with what is known about the call. */
    ClaudeException known(ClaudeException failure) {
        FailureContext context = failure.context().withAttempts(attempts);
        Progress arrived = progress;
        PartialMessage partial = context.partial();
        if (arrived != null) {
            partial = partial == null ? arrived.partial() : partial;
            context = context.withRequestId(arrived.requestId());
        }
        // An earlier attempt may have been served, whatever became of the last.
        FailureContext judged = ambiguous ? context.asAmbiguous() : context;
        return record.complete(failure.withContext(judged.withProgress(delivered.get(), partial)), timeouts());
    }

    /**
     * Something is handed down; pings are no output, but nothing is retried behind them either. Every event comes here:
     * what others read is written only when it changes.
     */
    void deliver(Object value) {
        boolean isEvent = value instanceof StreamEvent;
        boolean isLast = !isEvent || value instanceof MessageStop;
        if (!committed) {
            committed = true;
        }
        if (whole != isLast) {
            whole = isLast;
        }
        if (isEvent && !(value instanceof Ping)) {
            delivered.lazySet(delivered.get() + 1);
        }
    }

    /** The call is over; the first to say so is heard. */
    void end(CallListener.Outcome outcome, @Nullable Throwable error) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        if (whole) {
            // Also for a subscriber that does not wait for the end behind the last event.
            plan.succeeded();
        }
        Optional<UsageReport> usage = Optional.ofNullable(progress).map(Progress::usage);
        Optional<ClaudeException> failure =
                error instanceof ClaudeException known ? Optional.of(known) : Optional.empty();
        hearing.onTerminal(new CallListener.End(
                outcome,
                errand.endpoint().toString(),
                attempts,
                delivered.get(),
                model,
                answer(failure),
                standing.waited(),
                elapsed(),
                usage.or(() -> failure.flatMap(ClaudeException::usage)),
                failure,
                context));
    }

    private CallListener.Answer answer(Optional<ClaudeException> failure) {
        Optional<Progress> arrived = Optional.ofNullable(progress);
        return new CallListener.Answer(
                Optional.ofNullable(requestId).or(() -> failure.flatMap(ClaudeException::requestId)),
                arrived.map(Progress::messageId),
                arrived.map(Progress::model),
                arrived.map(Progress::stopReason));
    }

    private Duration elapsed() {
        return Duration.ofNanos(now() - began);
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }
}
