package io.claudeflux.tool;

import io.claudeflux.message.Json;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** How a tool is run: what becomes of its input. */
@FunctionalInterface
interface ToolBody {
    /**
     * One call.
     *
     * @param input what the model wrote, an object
     * @param aside where a body that blocks does so
     * @return cold; what came of it, whatever is thrown or signalled included; never an error
     */
    Mono<Attempt<ToolResult>> call(Json input, Scheduler aside);

    /** One that never blocks, called by whoever subscribes. */
    static <I> ToolBody signalling(Function<Json, I> reader, ClientTool.Blocking<? super I> function) {
        return (input, aside) -> Mono.defer(() -> settled(Attempt.of(() -> function.call(reader.apply(input)))));
    }

    /** One that may block, called where that does no harm. */
    static <I> ToolBody blocking(Function<Json, I> reader, ClientTool.Blocking<? super I> function) {
        return (input, aside) -> Mono.fromCallable(() -> Attempt.of(() -> function.call(reader.apply(input))))
                .subscribeOn(aside)
                .flatMap(ToolBody::settled)
                // An executor that takes no more work.
                .onErrorResume(failure -> Mono.just(Attempt.failed(failure)));
    }

    private static Mono<Attempt<ToolResult>> settled(Attempt<?> called) {
        if (called.failure() != null) {
            return Mono.just(Attempt.failed(called.failure()));
        } else if (called.value() instanceof Mono<?> mono) {
            return ToolSignal.of(mono);
        } else if (called.value() instanceof CompletionStage<?> stage) {
            return ToolSignal.of(Mono.fromCompletionStage(stage));
        }
        return Mono.just(Attempt.of(() -> ToolResult.from(called.value())));
    }
}
