package io.claudeflux.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.error.StreamException.Fault;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.message.ResponseMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of the server in messages: short, and no command for a terminal or a log. */
class ServerTextTests {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0xAD, 0x061C, 0x200B,
                0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202D, 0x202E, 0x2060, 0x2066, 0x2067, 0x2069, 0xFEFF
            })
    void whatCouldForgeALineIsEscaped(int c) {
        String hostile = "before" + (char) c + "after";
        assertThat(ServerText.clean(hostile, 100)).isEqualTo(String.format("before\\u%04xafter", c));
        assertThat(api(hostile).getMessage()).doesNotContain(Character.toString(c));
        assertThat(api(hostile).apiMessage()).doesNotContain(Character.toString(c));
        StreamException stream = new StreamException(
                new Fault(Kind.PROTOCOL, "bad_json", hostile), "a sentence", null, FailureContext.local());
        assertThat(stream.excerpt().orElseThrow()).doesNotContain(Character.toString(c));
        assertThat(stream.getMessage()).doesNotContain("before");
    }

    @Test
    void harmlessTextIsLeftAlone() {
        String text = "Überlast: 豆腐 😀 \"quoted\" \\ 100 %";
        assertThat(ServerText.clean(text, 100)).isEqualTo(text);
        assertThat(ServerText.clean("", 10)).isEmpty();
        assertThat(ServerText.clean("abc", 3)).isEqualTo("abc");
        assertThat(ServerText.clean("abcd", 3)).isEqualTo("abc…");
    }

    @Test
    void textOfOneMegabyteIsCut() {
        for (String piece : new String[] {"x", "\r\n", "\u001b[31m", "\u2028", "\u202e", "\\"}) {
            ApiException error = api(piece.repeat(1_000_000 / piece.length()));
            assertThat(error.apiMessage()).hasSizeLessThanOrEqualTo(1_793).endsWith("…");
            assertThat(error.getMessage().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(2_048);
            assertThat(error.toString()).hasSizeLessThan(2_200).doesNotContain("\n", "\r", "\u001b");
        }
    }

    @Test
    void requestIdsAndCodesOfTheServerAreCleanedToo() {
        ApiFailure failure = new ApiFailure(
                new ApiError("type\r\nforged", "why", "code\u001b[0m", null, null),
                new ResponseMetadata(400, Map.of()),
                false);
        ApiException error =
                ApiException.of(failure, FailureContext.attempted(false).withRequestId("id\r\nforged"));
        assertThat(error.getMessage()).doesNotContain("\r", "\n", "\u001b").contains("id\\u000d\\u000aforged");
        assertThat(error.requestId()).contains("id\r\nforged");
    }

    @Test
    void excerptIsCutToAKilobyte() {
        Fault fault = new Fault(Kind.UNEXPECTED_CONTENT_TYPE, "x", "<html>".repeat(100_000));
        StreamException error = new StreamException(fault, "a sentence", null, FailureContext.local());
        assertThat(error.excerpt().orElseThrow())
                .hasSize(1_025)
                .startsWith("<html><html>")
                .endsWith("…");
    }

    private static ApiException api(String message) {
        return ApiException.of(
                new ApiFailure(
                        new ApiError("overloaded_error", message, null, null, null),
                        new ResponseMetadata(529, Map.of()),
                        false),
                FailureContext.attempted(true)
                        .withRequestId("req_011CSHoEeqs5C35K2UUqR7Fy")
                        .withAttempts(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "豆", "😀", "\n"})
    void messageIsTwoKibibytesInEveryScript(String piece) {
        ApiFailure failure = new ApiFailure(
                new ApiError("t".repeat(500), piece.repeat(10_000), "c".repeat(500), null, null),
                new ResponseMetadata(529, Map.of()),
                false);
        ApiException error = ApiException.of(
                failure,
                FailureContext.attempted(true)
                        .withRequestId("r".repeat(500))
                        .withAttempts(3)
                        .withProgress(123_456_789L, null));
        assertThat(error.getMessage().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(2_048);
    }

    @Test
    void cutLeavesNoHalfCharacterAndIsAlwaysMarked() {
        for (int i = 0; i < 8; i++) {
            String cut = ServerText.clean("x".repeat(i) + "😀".repeat(100), 50);
            assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(cut)
                    .endsWith("…");
        }
        assertThat(ServerText.clean("abcd\n\nX", 10)).endsWith("…");
    }

    @Test
    void invisibleTextOfTagCharactersIsEscaped() {
        String tag = Character.toString(0xE0041);
        assertThat(ServerText.clean("a" + tag + "b", 50)).doesNotContain(tag).startsWith("a\\u");
    }
}
