package io.claudeflux;

import io.claudeflux.config.Limits;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.internal.admission.Pacer;
import io.claudeflux.internal.admission.Permits;
import io.claudeflux.internal.auth.Credential;
import io.claudeflux.internal.http.HttpBody;
import io.claudeflux.internal.http.HttpExchange;
import io.claudeflux.internal.http.HttpSettings;
import io.claudeflux.internal.json.EventReader;
import io.claudeflux.internal.protocol.ApiErrors;
import io.claudeflux.internal.protocol.MessageGrammar;
import io.claudeflux.internal.protocol.Progress;
import io.claudeflux.internal.protocol.StreamFaults;
import io.claudeflux.internal.retry.RetryBudget;
import io.claudeflux.internal.sse.DrainPolicy;
import io.claudeflux.internal.sse.SseLimits;
import io.claudeflux.message.JsonBinding;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Puts the parts together; knows all packages so that none of them has to know another. */
final class DefaultClaudeClient implements ClaudeClient {
    private final Lifecycle lifecycle;
    private final Permits permits;
    private final @Nullable Pacer pacer;
    private final Tally tally = new Tally();
    private final HttpExchange http;
    private final Messages messages;
    private final Models models;

    DefaultClaudeClient(DefaultClaudeClientBuilder settings) {
        // Found once, here, on the caller's thread: looking for services reads files, which an event loop must not.
        JsonBinding.installed();
        Limits limits = settings.limits();
        Scheduler timer = settings.timer();
        ApiErrors errors = new ApiErrors(settings.clock());
        this.lifecycle = new Lifecycle(timer);
        this.pacer = settings.pacer();
        this.permits = new Permits(settings.admission(pacer), timer);
        Identity identity = settings.identity();
        // Ahead of the connections: what cannot be right is refused before there is anything to be closed.
        LearntModels learnt = new LearntModels(settings.clock());
        RequestHeaders headers = new RequestHeaders(settings.apiVersion(), identity.headers(), settings.betas());
        Credential credential =
                identity.login().open(identity.baseUrl(), TokenCalls.endpoint(this::connections, settings, lifecycle));
        MessageCalls calls = new MessageCalls(credential, headers, new Checks(limits.maxRequestBytes(), learnt));
        this.http = exchange(settings, identity, errors);
        CallOptions options = settings.options().withListener(tally).withListener(new CallLog());
        RetryBudget budget =
                new RetryBudget(options.retry().orElseGet(RetryPolicy::defaults).budget());
        LoggerFactory.getLogger(ClaudeClient.class)
                .debug("a client of {} with {}", identity.baseUrl().getHost(), options);
        CallRecord.Site site = new CallRecord.Site(identity.baseUrl(), HttpExchange.platform());
        Attempts attempts =
                new Attempts(new FrontDesk(lifecycle, budget, timer, settings.random(), site), permits, http);
        JsonCalls json = new JsonCalls(attempts, headers, credential, limits.maxEventBytes());
        this.models = new DefaultModels(json, options, learnt);
        this.messages = new DefaultMessages(
                new DefaultMessages.Parts(
                        calls,
                        attempts,
                        json,
                        protocol(settings, errors),
                        new SseLimits(limits.maxLineBytes(), limits.maxEventBytes()),
                        DrainPolicy.on(timer)),
                options);
    }

    private static BiFunction<HttpBody, Call, MessageFrames> protocol(
            DefaultClaudeClientBuilder settings, ApiErrors errors) {
        int maxPartialChars = settings.limits().maxPartialChars();
        return (body, call) -> new MessageFrames(
                new EventReader(body.head()),
                new StreamFaults(errors, body.head(), call::withoutSecrets),
                new MessageGrammar(settings.terminal()),
                new MessageFrames.Watch(
                        call.receive(body.head(), new Progress(body.head(), maxPartialChars)),
                        body.progressed(),
                        body.ended(),
                        call::begun));
    }

    private static HttpExchange exchange(DefaultClaudeClientBuilder settings, Identity identity, ApiErrors errors) {
        return new HttpExchange(new HttpSettings(
                identity.baseUrl(),
                settings.isPlaintextAllowed(),
                settings.limits(),
                settings.pool(identity.login().isExchanged() ? 1 : 0),
                settings.transport(identity.baseUrl()),
                errors::ofResponse,
                settings.timer()));
    }

    /** For tokens, which are fetched over them once they are there. */
    private HttpExchange connections() {
        return http;
    }

    @Override
    public Messages messages() {
        return messages;
    }

    @Override
    public Models models() {
        return models;
    }

    @Override
    public ClientMetrics metrics() {
        return Snapshots.of(permits.state(), pacer, tally);
    }

    @Override
    public Mono<Void> closeGracefully(Duration grace) {
        return lifecycle.drain(grace).then(Mono.defer(() -> {
            endWaits();
            return http.close();
        }));
    }

    @Override
    public void close() {
        endWaits();
        http.closeNow();
    }

    private void endWaits() {
        lifecycle.close();
        permits.close();
    }
}
