package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.claudeflux.error.ApiException;
import io.claudeflux.internal.protocol.ApiErrors;
import io.claudeflux.message.Json;
import io.claudeflux.message.JsonBinding;
import io.claudeflux.message.ResponseMetadata;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Any text as JSON: refused with an exception of ours, or read the same however it is looked into. */
class JsonFuzz {
    private static final ApiErrors ERRORS = new ApiErrors(Clock.systemUTC());
    private static final List<CodecCase> CASES = CodecCase.all().toList();
    private static final ResponseMetadata HEAD = new ResponseMetadata(400, Map.of());

    @FuzzTest(maxDuration = "60s")
    void isRefusedOrReadTheSameInEveryWay(FuzzedDataProvider data) {
        String text = data.consumeBoolean()
                ? BentJson.bend(data, data.pickValue(CASES).json().text())
                : data.consumeRemainingAsString();

        anError(text);
        completed(text);
        Json json;
        try {
            json = Json.parse(text);
        } catch (IllegalArgumentException refused) {
            notRaw(refused);
            return;
        }
        read(json);
    }

    private static void read(Json json) {
        // In brackets, for of a number that ends the text Jackson counts one digit less.
        if (!isJson("[" + json.text() + "]")) {
            return;
        }
        Json again = Json.trusted(" " + json.text() + " ");
        assertThat(json).isEqualTo(Json.trusted(json.text())).hasSameHashCodeAs(Json.trusted(json.text()));
        assertThat(again.members().keySet()).isEqualTo(json.members().keySet());
        assertThat(again.elements()).hasSameSizeAs(json.elements());
        assertThat(json.members().values()).allMatch(part -> isJson(part.text()));
        assertThat(json.elements()).allMatch(part -> isJson(part.text()));
        try {
            if (json.isObject()) {
                assertThat(json.toMap().keySet()).isEqualTo(json.members().keySet());
            }
            json.asString();
            json.as(Object.class);
        } catch (IllegalArgumentException refused) {
            notRaw(refused);
        }
    }

    private static boolean isJson(String text) {
        try {
            return Json.parse(text).text().equals(text);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static void anError(String body) {
        ApiException error = ERRORS.ofResponse(HEAD, body);
        assertThat(error.getMessage()).hasSizeLessThan(2_049).doesNotContain("\r", "\n", "\u001b");
    }

    /** What is shown of a tool's input while it arrives. */
    private static void completed(String fragment) {
        Json whole = JsonBinding.installed().completeObject(fragment);
        assertThat(Json.parse(whole.text()).isObject()).isTrue();
    }

    private static void notRaw(IllegalArgumentException refused) {
        assertThat(refused).isNotInstanceOf(NumberFormatException.class).hasNoCause();
    }
}
