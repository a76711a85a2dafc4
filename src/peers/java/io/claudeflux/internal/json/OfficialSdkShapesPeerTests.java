package io.claudeflux.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.BrowserStateBlockParam;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.RawContentBlockDelta;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextCitationParam;
import com.anthropic.models.messages.ThinkingConfigParam;
import com.anthropic.models.messages.ToolChoice;
import com.anthropic.models.messages.ToolReferenceBlockParam;
import com.anthropic.models.messages.ToolUnion;
import com.anthropic.models.messages.Usage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.claudeflux.message.Json;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our fixtures through the official SDK's own types and back: it takes what this library writes for valid, and this
 * library reads what it writes as the value that was written.
 */
class OfficialSdkShapesPeerTests {
    private static final JsonMapper SDK = ObjectMappers.jsonMapper();

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("blocks", ContentBlockParam.class),
            Map.entry("tools", ToolUnion.class),
            Map.entry("choices", ToolChoice.class),
            Map.entry("thinking", ThinkingConfigParam.class),
            Map.entry("usages", Usage.class),
            Map.entry("messages", Message.class),
            Map.entry("events", RawMessageStreamEvent.class),
            Map.entry("deltas", RawContentBlockDelta.class),
            Map.entry("requests", MessageCreateParams.Body.class),
            Map.entry("turns", MessageParam.class),
            Map.entry("citations", TextCitationParam.class),
            // Stand in the results of tools only.
            Map.entry("ToolReferenceBlock", ToolReferenceBlockParam.class),
            Map.entry("BrowserStateBlock", BrowserStateBlockParam.class));

    /**
     * The fixtures say of themselves what the API does not have, or not yet. The SDK hides pings and makes errors of
     * errors.
     */
    private static final Pattern BEYOND_THE_SDK = Pattern.compile(
            "(^Unknown.*|^Ping|^Compaction.*): |beta|not invented|unknown|later days|nobody here knows|something new|to come"
                    + "|other forms?\\b|of another (kind|tool)|no (document|list|object)");

    static Stream<CodecCase> shapes() {
        return CodecCase.all()
                .filter(example -> TYPES.containsKey(example.group()))
                // The SDK reads such numbers as double.
                .filter(example -> !example.note().contains("not rounded"));
    }

    static Stream<CodecCase> shapesOfTheSdk() {
        return shapes().filter(example ->
                !BEYOND_THE_SDK.matcher(example.type() + ": " + example.note()).find());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatWeWriteComesBackFromTheSdkAsItWas(CodecCase example) throws JsonProcessingException {
        Object ours = example.read(example.json());

        Json theirs = Json.parse(SDK.writeValueAsString(sdk(example, ours)));

        assertThat(example.read(theirs)).isEqualTo(ours);
    }

    @ParameterizedTest
    @MethodSource("shapesOfTheSdk")
    void whatWeWriteIsValidForTheSdk(CodecCase example) throws ReflectiveOperationException, JsonProcessingException {
        Object theirs = sdk(example, example.read(example.json()));

        assertThat(theirs.getClass().getMethod("validate").invoke(theirs)).isSameAs(theirs);
    }

    private static Object sdk(CodecCase example, Object ours) throws JsonProcessingException {
        return SDK.readValue(Json.of(ours).text(), TYPES.getOrDefault(example.type(), TYPES.get(example.group())));
    }
}
