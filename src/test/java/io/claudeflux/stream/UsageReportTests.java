package io.claudeflux.stream;

import static io.claudeflux.stream.Events.change;
import static io.claudeflux.stream.Events.cite;
import static io.claudeflux.stream.Events.d;
import static io.claudeflux.stream.Events.done;
import static io.claudeflux.stream.Events.end;
import static io.claudeflux.stream.Events.fold;
import static io.claudeflux.stream.Events.input;
import static io.claudeflux.stream.Events.raw;
import static io.claudeflux.stream.Events.signature;
import static io.claudeflux.stream.Events.start;
import static io.claudeflux.stream.Events.stop;
import static io.claudeflux.stream.Events.text;
import static io.claudeflux.stream.Events.thinking;
import static io.claudeflux.stream.Events.thought;
import static io.claudeflux.stream.Events.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.claudeflux.fixture.Transcripts;
import io.claudeflux.message.Json;
import io.claudeflux.message.TextBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a message consumed, at whatever event its stream ends. The start of these streams reports 10 in, 1 out. */
class UsageReportTests {
    private static final String STOP = "{\"stop_reason\":\"end_turn\"}";

    private static UsageReport report(StreamEvent... events) {
        return fold(events).usage();
    }

    private static UsageReport exact(long input, long output) {
        return new UsageReport(Usage.of(input, output), true);
    }

    private static UsageReport estimated(long input, long output) {
        return new UsageReport(Usage.of(input, output), false);
    }

    @Test
    void thereIsNoneBeforeTheStart() {
        MessageAccumulator message = new MessageAccumulator();
        assertThatIllegalStateException().isThrownBy(message::usage);
    }

    @ParameterizedTest
    @EnumSource(Transcripts.class)
    void cancelAtEachEvent(Transcripts transcript) {
        MessageAccumulator message = new MessageAccumulator();
        long before = 0;
        boolean ended = false;
        for (StreamEvent event : Events.of(transcript)) {
            message.add(event);
            Usage reported = message.snapshot().usage();
            UsageReport report = message.usage();
            ended = ended || event instanceof MessageDelta;

            assertThat(report.isExact()).isEqualTo(ended);
            assertThat(report.usage().outputTokens()).isGreaterThanOrEqualTo(reported.outputTokens());
            assertThat(report.usage().withOutputTokens(0)).isEqualTo(reported.withOutputTokens(0));
            assertThat(message.partial().usage()).isEqualTo(report);
            if (ended) {
                assertThat(report.usage()).isEqualTo(reported);
            } else {
                assertThat(report.usage().outputTokens()).isGreaterThanOrEqualTo(before);
                before = report.usage().outputTokens();
            }
        }
        assertThat(ended).isEqualTo(transcript.isComplete());
    }

    @Test
    void aCancelledStreamOf806DeltasIsNotReportedAsOneToken() {
        MessageAccumulator message = fold(start(), text(0));
        for (int i = 0; i < 806; i++) {
            message.add(d(0, " word"));
        }
        assertThat(message.snapshot().usage().outputTokens()).isEqualTo(1);
        assertThat(message.usage().isExact()).isFalse();
        assertThat(message.usage().usage().outputTokens()).isBetween(806L, 1_300L);

        message.add(stop(0)).add(done());
        assertThat(message.usage().isExact()).isFalse();
    }

    @Test
    void contentBeyondTheBoundCountsToo() {
        MessageAccumulator all = new MessageAccumulator();
        MessageAccumulator bounded = new MessageAccumulator(70);
        List<StreamEvent> events = List.of(
                start(), text(0), d(0, "abc"), d(0, "defghij"), stop(0), tool(1), input(1, "{\"k\":\"v\"}"), stop(1));
        for (StreamEvent event : events) {
            all.add(event);
            bounded.add(event);
            assertThat(bounded.usage()).isEqualTo(all.usage());
        }
        assertThat(bounded.partial().isTruncated()).isTrue();
        assertThat(bounded.partial().usage()).isEqualTo(estimated(10, 1 + 6));
        assertThat(bounded.add(end()).usage()).isEqualTo(exact(10, 5));
    }

    @Test
    void textThinkingAndToolInputCountAndSignaturesAndCitationsDoNot() {
        assertThat(report(start(), text(0), d(0, "seven c"))).isEqualTo(estimated(10, 1 + 2));
        assertThat(report(start(), thinking(0), thought(0, "seven c"))).isEqualTo(estimated(10, 1 + 2));
        assertThat(report(start(), tool(0), input(0, "{\"a\":1}"))).isEqualTo(estimated(10, 1 + 2));
        assertThat(report(start(), thinking(0), signature(0, "sign".repeat(100))))
                .isEqualTo(estimated(10, 1));
        assertThat(report(start(), text(0), cite(0, "{\"type\":\"page\",\"cited_text\":\"a long quotation\"}")))
                .isEqualTo(estimated(10, 1));
    }

    @Test
    void blocksThatBeginWithContentCountUnlessTheyAreResults() {
        assertThat(report(start(), new ContentBlockStart(0, new TextBlock("seven c"))))
                .isEqualTo(estimated(10, 1 + 2));
        assertThat(report(start(), new ContentBlockStart(0, new ThinkingBlock("seven c", "s"))))
                .isEqualTo(estimated(10, 1 + 2));
        assertThat(report(start(), new ContentBlockStart(0, new ToolUseBlock("t", "n", Json.parse("{\"a\":1}")))))
                .isEqualTo(estimated(10, 1 + 2));
        assertThat(report(
                        start(),
                        raw(0, "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\",\"content\":[\"a page\"]}")))
                .isEqualTo(estimated(10, 1));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "'a', 1",
        "'seven c', 2",
        "'eight ch', 3",
        "'港は深い', 4",
        "'🌊🌊', 2",
        "'é', 1",
        "'The harbour is twelve metres deep at low tide.', 14"
    })
    void asciiIsThreeAndAHalfCharactersATokenAndTheRestOne(String text, long tokens) {
        TokenEstimate estimate = new TokenEstimate();
        estimate.add(text);
        assertThat(estimate.tokens()).isEqualTo(tokens);
    }

    @Test
    void smallDeltasAreNotRoundedUpOneByOne() {
        MessageAccumulator message = fold(start(), text(0));
        for (int i = 0; i < 70; i++) {
            message.add(d(0, "a"));
        }
        assertThat(message.usage()).isEqualTo(estimated(10, 1 + 20));
    }

    @Test
    void aCountInTheMiddleReplacesTheEstimateAndIsNotFinal() {
        StreamEvent counted = change("{}", "{\"output_tokens\":40}");
        StreamEvent[] events = {start(), text(0), d(0, "seven c"), counted, d(0, "seven c")};

        assertThat(report(start(), text(0), d(0, "seven c"), counted)).isEqualTo(estimated(10, 40));
        assertThat(report(events)).isEqualTo(estimated(10, 42));
        assertThat(fold(events).add(end()).usage()).isEqualTo(exact(10, 5));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {"{}", "null", "{\"output_tokens\":null}", "{\"output_tokens\":null,\"input_tokens\":10}"})
    void aStopReasonWithoutACountLeavesTheEstimate(String usage) {
        MessageAccumulator message = fold(start(), text(0), d(0, "seven c"), stop(0), change(STOP, usage));

        assertThat(message.usage()).isEqualTo(estimated(10, 3));
        assertThat(message.add(change("{\"stop_reason\":null}", "{\"output_tokens\":9}"))
                        .usage())
                .isEqualTo(exact(10, 9));
        assertThat(message.add(done()).usage()).isEqualTo(exact(10, 9));
    }

    @Test
    void finalCountsMayBeRepeatedCorrectedOrFollowedByNone() {
        MessageAccumulator message = fold(start(), text(0), d(0, "seven c"), stop(0), end());

        assertThat(message.usage()).isEqualTo(exact(10, 5));
        assertThat(message.add(end()).usage()).isEqualTo(exact(10, 5));
        assertThat(message.add(change(STOP, "{\"output_tokens\":6}")).usage()).isEqualTo(exact(10, 6));
        assertThat(message.add(change("{}", "{\"output_tokens\":null}")).usage())
                .isEqualTo(exact(10, 6));
    }

    @Test
    void countersThatComeOnlyAtTheEndAreTaken() {
        MessageStart bare = (MessageStart) Json.parse("{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\","
                        + "\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"usage\":null}}")
                .as(StreamEvent.class);
        MessageAccumulator message = fold(bare, text(0), d(0, "seven c"));

        assertThat(message.usage()).isEqualTo(estimated(0, 2));
        message.add(stop(0))
                .add(change(STOP, "{\"output_tokens\":7,\"input_tokens\":12,\"cache_read_input_tokens\":3}"));
        assertThat(message.usage().isExact()).isTrue();
        assertThat(message.usage().usage().outputTokens()).isEqualTo(7);
        assertThat(message.usage().usage().totalInputTokens()).isEqualTo(15);
    }
}
