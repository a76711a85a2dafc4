package io.claudeflux.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One answer on its way to the client: plays the steps, in time, as fast as the socket takes them.
 *
 * <p>Everything runs on the connection's event loop, its timers included, so an open stream costs no thread. Buffers
 * are unpooled heap wrappers that Reactor Netty releases when it has written them; a stream that is cancelled leaves
 * nothing to release.
 */
final class Exchange {

    private final Answer answer;
    private final Channel channel;
    private final Scheduler timer;
    private Step.@Nullable Ending ending;
    private boolean isWhole;

    Exchange(Answer answer, Channel channel) {
        this.answer = answer;
        this.channel = channel;
        this.timer = Schedulers.fromExecutorService(channel.eventLoop());
    }

    /** Whether the script broke the answer off. */
    boolean isBrokenOff() {
        return ending != null && ending != Step.Ending.STALL;
    }

    /**
     * Whether every step was played. Completion of {@link #write} does not say so: Reactor Netty completes a body, too,
     * whose client has closed the connection.
     */
    boolean isWhole() {
        return isWhole;
    }

    Mono<Void> write(HttpServerResponse response) {
        Mono<Void> now = Mono.defer(() -> head(response).then(Mono.defer(this::end)));
        return answer.initialDelay().isZero()
                ? now
                : Mono.delay(answer.initialDelay(), timer).then(now);
    }

    private Mono<Void> head(HttpServerResponse response) {
        Flux<ByteBuf> body = answer.steps().concatMap(this::play, 1).doOnComplete(() -> isWhole = true);
        if (answer.head() == null) {
            return body.then();
        }
        response.status(answer.head().status());
        answer.head().headers().forEach(response::header);
        if (answer.head().status() == 204) {
            return Mono.from(response.send()).doOnSuccess(sent -> isWhole = true);
        }
        return Mono.from(response.sendHeaders().send(body, buffer -> true));
    }

    private Publisher<ByteBuf> play(Step step) {
        if (step instanceof Step.Send send) {
            return Mono.just(Unpooled.wrappedBuffer(send.bytes()));
        }
        if (step instanceof Step.Produce produce) {
            answer.meter().accept(produce.tokens());
            return Mono.empty();
        }
        if (step instanceof Step.Pace pace) {
            return Mono.delay(pace.duration(), timer).then(Mono.empty());
        }
        if (step instanceof Step.Pause pause) {
            return silence().takeUntilOther(Mono.delay(pause.duration(), timer));
        }
        ending = ((Step.Stop) step).ending();
        return ending == Step.Ending.STALL ? silence() : Mono.empty();
    }

    private Flux<ByteBuf> silence() {
        Duration pings = answer.silentPings();
        return pings.isZero()
                ? Flux.never()
                : Flux.interval(pings, timer)
                        .onBackpressureDrop()
                        .map(tick -> Unpooled.wrappedBuffer(Script.PING.getBytes(StandardCharsets.UTF_8)));
    }

    /** The last chunk follows when this completes; for a cut it never does, and the close ends everything. */
    private Mono<Void> end() {
        if (ending != Step.Ending.CUT && ending != Step.Ending.RESET) {
            return Mono.empty();
        }
        if (ending == Step.Ending.RESET) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        return Mono.never();
    }
}
