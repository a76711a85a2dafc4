package io.claudeflux.tool;

import io.claudeflux.message.Json;
import io.claudeflux.message.ToolUseBlock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Answers single calls: finds the tool, bounds it, and turns whatever becomes of it into words for the model. */
final class ToolCalls {
    private final Toolbox toolbox;
    private final RunRules rules;

    ToolCalls(Toolbox toolbox, RunRules rules) {
        this.toolbox = toolbox;
        this.rules = rules;
    }

    /** What became of a call. */
    private record Answer(ToolResult result, @Nullable Throwable failure) {
        static Answer failed(ToolException failure) {
            return new Answer(ToolResult.error(String.valueOf(failure.getMessage())), failure);
        }
    }

    /**
     * The marks around a call, and its answer in the second of them; ends in an error only if the JVM is in trouble.
     */
    Flux<ToolEvent> answer(ToolRun run, ToolUseBlock call) {
        int round = run.round();
        return Flux.concat(Mono.just(new ToolEvent.ToolStart(round, call)), Mono.defer(() -> {
            long began = now();
            return answer(call, run)
                    .map(answer -> new ToolEvent.ToolEnd(
                            round,
                            call,
                            answer.result().toBlock(call.id()),
                            Duration.ofNanos(now() - began),
                            answer.failure()));
        }));
    }

    private Mono<Answer> answer(ToolUseBlock call, ToolRun run) {
        ClientTool tool = toolbox.get(call.name()).orElse(null);
        if (tool == null) {
            String names = String.join(", ", toolbox.names());
            return Mono.just(
                    Answer.failed(new ToolException("There is no tool of this name. The tools are: " + names + ".")));
        }
        String malformed = call.malformedInput().orElse(null);
        if (malformed != null) {
            return Mono.just(malformed(malformed));
        }
        return bounded(tool, tool.call(call.input()))
                .map(result -> new Answer(result, null))
                .onErrorResume(failure -> told(call, failure, run));
    }

    private Mono<ToolResult> bounded(ClientTool tool, Mono<ToolResult> result) {
        Duration limit = tool.timeout().orElse(rules.timeout());
        return limit.isZero()
                ? result
                : result.timeout(limit, Mono.error(() -> new TimeoutException(late(limit))), rules.timer());
    }

    private static String late(Duration limit) {
        return "the tool did not answer within " + limit.toMillis() / 1000.0 + " s";
    }

    /** The text goes into an object of its own, as the API's guide has it: what is no JSON must not look like some. */
    private static Answer malformed(String text) {
        String problem = "The input is not a JSON object, so the tool was not run.";
        Map<String, String> told = new LinkedHashMap<>();
        told.put("error", problem);
        told.put("INVALID_JSON", text);
        return new Answer(ToolResult.error(Json.of(told).text()), new ToolException(problem));
    }

    /** What the model is told of a failure, unless it is one that ends the run. */
    private Mono<Answer> told(ToolUseBlock call, Throwable failure, ToolRun run) {
        if (failure instanceof ToolBody.Broken broken) {
            return Mono.error(run.broken(broken.error()));
        }
        return Mono.fromSupplier(() -> new Answer(rules.onFailure().apply(call, failure), failure))
                .onErrorResume(inHook -> {
                    failure.addSuppressed(inHook);
                    return Mono.just(new Answer(RunRules.told(call, failure), failure));
                });
    }

    private long now() {
        return rules.timer().now(TimeUnit.NANOSECONDS);
    }
}
