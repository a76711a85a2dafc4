package io.claudeflux.example.prompts;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.message.MessageRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Prompts in, answers out, and not more of either in memory than are under way. */
final class PromptRun {
    /** As many as the client has permits: then none waits for a turn, and a wait between attempts keeps its place. */
    static final int AT_ONCE = 200;

    private static final int ANSWERS_TO_WRITE = 32;
    private static final int MOST_TOKENS = 1_024;

    private final ClaudeClient claude;
    private final String model;
    private final long startNanos = System.nanoTime();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();

    PromptRun(ClaudeClient claude, String model) {
        this.claude = claude;
        this.model = model;
    }

    /**
     * Runs all prompts that have no answer yet.
     *
     * @param prompts read as far as there is room
     * @param file where answers are appended
     * @return cold; completes when the last answer is written; a cancel closes the connections, then the file
     */
    Mono<Void> run(Flux<Prompt> prompts, Path file) {
        return Flux.using(() -> new Answers(file), answers -> run(prompts, answers))
                .subscribeOn(Schedulers.boundedElastic())
                .then();
    }

    private Flux<Answer> run(Flux<Prompt> prompts, Answers answers) {
        return prompts.filter(prompt -> !isSkipped(prompt, answers))
                .flatMap(this::answer, AT_ONCE, 1)
                // A disk that is full of work holds back the answers, they the requests, and these the prompts.
                .publishOn(Schedulers.boundedElastic(), ANSWERS_TO_WRITE)
                .doOnNext(answers::write)
                .doOnNext(answer -> (answer.isFailure() ? failed : answered).increment());
    }

    private boolean isSkipped(Prompt prompt, Answers answers) {
        boolean isKnown = answers.has(prompt);
        if (isKnown) {
            skipped.increment();
        }
        return isKnown;
    }

    private Mono<Answer> answer(Prompt prompt) {
        return Mono.defer(() -> {
            long askedNanos = System.nanoTime();
            return claude.messages()
                    .create(request(prompt))
                    .map(message -> Answer.of(prompt, message, since(askedNanos)))
                    .onErrorResume(
                            ClaudeException.class, failure -> Mono.just(Answer.of(prompt, failure, since(askedNanos))));
        });
    }

    private MessageRequest request(Prompt prompt) {
        return MessageRequest.builder()
                .model(model)
                .maxTokens(MOST_TOKENS)
                .user(prompt.text())
                .build();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    long answered() {
        return answered.sum();
    }

    long failed() {
        return failed.sum();
    }

    long skipped() {
        return skipped.sum();
    }

    /** How things stand, in a line. */
    String progress() {
        long seconds = since(startNanos).toSeconds();
        return "%d answered, %d failed, %d skipped, %d under way, %d s"
                .formatted(
                        answered(),
                        failed(),
                        skipped(),
                        claude.metrics().permits().inUse(),
                        seconds);
    }
}
