package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.claudeflux.message.Json;
import java.util.List;

/** Everything that an application may keep as JSON, bent: refused, or the same after being written and read again. */
class VocabularyFuzz {
    private static final List<CodecCase> CASES = CodecCase.all().toList();

    @FuzzTest(maxDuration = "60s")
    void isRefusedOrSurvivesBeingWritten(FuzzedDataProvider data) {
        CodecCase which = data.pickValue(CASES);
        Object value;
        try {
            value = which.read(Json.parse(BentJson.bend(data, which.json().text())));
        } catch (IllegalArgumentException refused) {
            assertThat(refused).isNotInstanceOf(NumberFormatException.class).hasNoCause();
            return;
        }
        Json written = Json.of(value);
        Object again = which.read(Json.parse(written.text()));
        assertThat(again).isEqualTo(value);
        assertThat(Json.of(again)).isEqualTo(written);
        assertThat(value.toString()).isNotNull();
    }
}
