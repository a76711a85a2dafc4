package io.claudeflux.example.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.fixture.Await;
import io.claudeflux.message.Json;
import io.claudeflux.simulator.ClaudeSimulator;
import io.claudeflux.simulator.Reply;
import io.claudeflux.simulator.SimulatedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** A file of prompts against the simulator. */
class PromptRunTests {
    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final int COUNT = 1_000;

    @TempDir
    private Path folder;

    private final ClaudeSimulator simulator =
            ClaudeSimulator.builder().eventsPerChunk(100).keepRequests(1).start();
    private final ClaudeClient claude = ClaudeClient.builder()
            .apiKey("sk-test")
            .baseUrl(simulator.baseUrl())
            .maxConcurrentRequests(PromptRun.AT_ONCE)
            .retry(RetryPolicy.defaults()
                    .withBackoff(Duration.ofMillis(1), Duration.ofMillis(20))
                    .withoutBudget())
            .build();
    private final PromptRun run = new PromptRun(claude, "claude-sonnet-5-5");
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    @AfterEach
    void close() {
        claude.close();
        simulator.close();
    }

    @Test
    void everyPromptIsAnsweredOnceAndTheNextRunDoesTheRest() throws IOException {
        Path prompts = folder.resolve("prompts.txt");
        Path answers = folder.resolve("answers.jsonl");
        Files.write(prompts, numbers(COUNT).map(i -> "Prompt " + i).toList());
        simulator.respondWith(this::faulty);

        run.run(Prompt.read(prompts).take(600), answers).block(LIMIT);
        assertThat(ids(answers)).hasSize(600).doesNotHaveDuplicates();
        Files.writeString(answers, "{\"id\":\"601\",\"text\":\"half a li", StandardOpenOption.APPEND);

        PromptRun rest = new PromptRun(claude, "claude-sonnet-5-5");
        rest.run(Prompt.read(prompts), answers).block(LIMIT);

        assertThat(ids(answers))
                .containsExactlyInAnyOrderElementsOf(numbers(COUNT).toList());
        assertThat(rest.skipped()).isEqualTo(600);
        assertThat(run.answered() + rest.answered()).isEqualTo(COUNT - COUNT / 100);
        assertThat(run.failed() + rest.failed()).isEqualTo(COUNT / 100);
        assertThat(mostAtOnce).hasValueBetween(120, PromptRun.AT_ONCE);
        assertThat(lines(answers)).allSatisfy(PromptRunTests::isAnswerOrFailure);
    }

    /** One in a hundred is refused; one in ten each is overloaded, in the stream too, or cut, at first. */
    private Reply faulty(SimulatedRequest request) {
        mostAtOnce.accumulateAndGet(claude.metrics().permits().inUse(), Math::max);
        int number = Integer.parseInt(request.prompt().replaceAll("\\D", ""));
        Reply answer = Reply.reply("To " + number).initialDelay(Duration.ofMillis(20));
        if (number % 100 == 0) {
            return Reply.error(400);
        }
        if (!request.header("x-stainless-retry-count").orElse("0").equals("0")) {
            return answer;
        }
        return switch (number % 10) {
            case 1 -> Reply.error(500);
            case 2 -> answer.errorInStream("api_error").afterEvents(3);
            case 3 -> answer.cutAfterEvents(3);
            default -> answer;
        };
    }

    private static void isAnswerOrFailure(Json line) {
        String id = text(line, "id");
        assertThat(line.get("ms")).isPresent();
        if (Integer.parseInt(id) % 100 == 0) {
            assertThat(text(line.get("error").orElseThrow(), "type")).isEqualTo("InvalidRequestException");
        } else {
            assertThat(text(line, "text")).isEqualTo("To " + id);
            assertThat(line.get("usage")).isPresent();
        }
    }

    @Test
    void promptsAreReadAsFarAsThereIsRoomAndNoFurther() {
        simulator.respondWith(request -> Reply.silence());
        AtomicInteger read = new AtomicInteger();
        Flux<Prompt> endless = Flux.generate(read::incrementAndGet, (number, sink) -> {
            sink.next(Prompt.of(number, "Say something"));
            return read.incrementAndGet();
        });
        Disposable running = run.run(endless, folder.resolve("answers.jsonl")).subscribe();
        Await.untilOrFail(
                "all permits in use", LIMIT, () -> claude.metrics().permits().inUse() == PromptRun.AT_ONCE);
        Await.elapse(Duration.ofMillis(50));
        assertThat(read).hasValueLessThanOrEqualTo(PromptRun.AT_ONCE + 1);

        running.dispose();
        Await.untilOrFail(
                "no permit in use", LIMIT, () -> claude.metrics().permits().inUse() == 0);
    }

    @Test
    void whatIsInterruptedLeavesWholeLines() throws IOException {
        Path answers = folder.resolve("answers.jsonl");
        simulator.respondWith(request -> Reply.reply("A sentence that takes some time"));
        Disposable running = run.run(Flux.range(1, 1_000_000).map(i -> Prompt.of(i, "Go on")), answers)
                .subscribe();
        Await.untilOrFail("some answers", LIMIT, () -> run.answered() > 50);
        running.dispose();
        assertThat(Files.readString(answers)).endsWith("}\n");
        assertThat(ids(answers)).doesNotHaveDuplicates().hasSizeGreaterThan(50);
    }

    @Test
    void linesAreTextOrJson() throws IOException {
        Path prompts = folder.resolve("prompts.jsonl");
        Files.writeString(prompts, """
                plain text
                {"id": "a", "prompt": "with a name"}

                {"id": 7, "prompt": "with a number"}
                {"prompt": "without"}
                {no JSON}
                {"question": "no prompt"}
                """);
        assertThat(Prompt.read(prompts).collectList().block(LIMIT))
                .containsExactly(
                        new Prompt("1", "plain text"),
                        new Prompt("a", "with a name"),
                        new Prompt("7", "with a number"),
                        new Prompt("5", "without"),
                        new Prompt("6", "{no JSON}"),
                        new Prompt("7", "{\"question\": \"no prompt\"}"));
    }

    @Test
    void markOfTheBeginningBlanksAheadAndNoNameAreNothing() throws IOException {
        Path prompts = folder.resolve("prompts.jsonl");
        Files.writeString(
                prompts, "\ufeff{\"id\": null, \"prompt\": \"one\"}\r\n\r\n  {\"id\": \"\\n\", \"prompt\": \"two\"}");

        assertThat(Prompt.read(prompts).collectList().block(LIMIT))
                .containsExactly(new Prompt("1", "one"), new Prompt("\n", "two"));
    }

    @Test
    void promptThatCannotBeSentIsAFailureLikeAnyOther() throws IOException {
        Path answers = folder.resolve("answers.jsonl");
        Flux<Prompt> prompts = Flux.just(
                Prompt.of(1, "{\"prompt\":\"half a character: \\ud83d\"}"),
                new Prompt("2", "x".repeat(40_000_000)),
                new Prompt("3\n", "Go on"));

        run.run(prompts, answers).block(LIMIT);

        assertThat(ids(answers)).containsExactlyInAnyOrder("1", "2", "3\n");
        assertThat(run.failed()).isBetween(1L, 2L);
    }

    @Test
    void outputThatSomebodyEditedIsGoneOnWith() throws IOException {
        Path answers = folder.resolve("answers.jsonl");
        Files.writeString(
                answers, "\n{\"id\":\"1\",\"text\":\"one\",\"ms\":1}\r\n\n{\"id\":\"2\",\"text\":\"two\",\"ms\":1}");

        run.run(Flux.just(new Prompt("1", "a"), new Prompt("2", "b"), new Prompt("3", "c")), answers)
                .block(LIMIT);

        assertThat(run.skipped()).isEqualTo(2);
        assertThat(Files.readString(answers)).contains("\"ms\":1}\n{\"id\":\"3\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is one?",
                "What is one?\nWhat is two?",
                "{\"id\":\"1\",\"prompt\":\"What is one?\"}\n",
                "{\"id\":\"1\",\"text\":\"one\",\"ms\":1}\nWhat is two?\n"
            })
    void fileThatIsNoOutputIsLeftAsItIs(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("prompts.txt"), content);

        assertThatThrownBy(() -> run.run(Flux.just(new Prompt("9", "a")), file).block(LIMIT))
                .hasMessageContaining("is it the right file?");
        assertThat(Files.readString(file)).isEqualTo(content);
        assertThat(simulator.requests()).isEmpty();
    }

    private static Stream<String> numbers(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(String::valueOf);
    }

    private static List<String> ids(Path answers) throws IOException {
        return lines(answers).stream().map(line -> text(line, "id")).toList();
    }

    private static List<Json> lines(Path answers) throws IOException {
        return Files.readAllLines(answers).stream().map(Json::parse).toList();
    }

    private static String text(Json json, String name) {
        return json.get(name).flatMap(Json::asString).orElseThrow();
    }
}
