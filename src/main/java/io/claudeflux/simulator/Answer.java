package io.claudeflux.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * A response, ready to be written.
 *
 * @param head status and headers; null to answer without a byte
 * @param initialDelay silence before the head
 * @param steps the body, cold and lazy
 * @param silentPings time between pings during silences; zero for none
 * @param isStream whether the body is a stream of events
 * @param meter told of output tokens as they are produced
 */
record Answer(
        @Nullable Head head,
        Duration initialDelay,
        Flux<Step> steps,
        Duration silentPings,
        boolean isStream,
        IntConsumer meter) {

    /** Status and headers of a response. */
    record Head(int status, Map<String, String> headers) {}
}
