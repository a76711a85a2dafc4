package io.claudeflux.tool;

import io.claudeflux.message.Json;
import io.claudeflux.message.ToolUseBlock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
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
        return bounded(tool, tool.call(call.input())).flatMap(attempt -> told(call, attempt, run));
    }

    private Mono<Attempt<ToolResult>> bounded(ClientTool tool, Mono<Attempt<ToolResult>> result) {
        Duration limit = tool.timeout().orElse(rules.timeout());
        return limit.isZero()
                ? result
                : result.timeout(
                        limit,
                        Mono.fromSupplier(() -> Attempt.failed(new TimeoutException(late(limit)))),
                        rules.timer());
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

    /** What the model is told, unless it is a failure that ends the run. */
    private Mono<Answer> told(ToolUseBlock call, Attempt<ToolResult> attempt, ToolRun run) {
        Throwable failure = attempt.failure();
        if (failure == null) {
            return Mono.just(new Answer(Objects.requireNonNull(attempt.value()), null));
        }
        return Exceptions.isJvmFatal(failure)
                ? Mono.error(run.broken(failure))
                : Mono.just(new Answer(inWords(call, failure), failure));
    }

    private ToolResult inWords(ToolUseBlock call, Throwable failure) {
        Attempt<ToolResult> words = Attempt.of(() -> Objects.requireNonNull(
                rules.onFailure().apply(call, failure), "onFailure gave back null for a result"));
        if (words.value() != null) {
            return words.value();
        }
        // A hook may well throw what it was given.
        if (words.failure() != null && words.failure() != failure) {
            failure.addSuppressed(words.failure());
        }
        return RunRules.told(call, failure);
    }

    private long now() {
        return rules.timer().now(TimeUnit.NANOSECONDS);
    }
}
