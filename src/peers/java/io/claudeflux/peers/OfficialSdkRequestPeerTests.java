package io.claudeflux.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.BrowserToolset20260801;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.CitationsConfigParam;
import com.anthropic.models.messages.CodeExecutionTool20260521;
import com.anthropic.models.messages.ComputerToolset20260801;
import com.anthropic.models.messages.ContainerParams;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.DiagnosticsParam;
import com.anthropic.models.messages.DocumentBlockParam;
import com.anthropic.models.messages.ImageBlockParam;
import com.anthropic.models.messages.ImageTransformationsParam;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.MemoryTool20250818;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Metadata;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.SearchResultBlockParam;
import com.anthropic.models.messages.ServerToolUseBlockParam;
import com.anthropic.models.messages.SkillParams;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.ThinkingBlockParam;
import com.anthropic.models.messages.ThinkingConfigAdaptive;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolBash20250124;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolSearchToolRegex20251119;
import com.anthropic.models.messages.ToolTextEditor20250728;
import com.anthropic.models.messages.ToolUseBlockParam;
import com.anthropic.models.messages.UserLocation;
import com.anthropic.models.messages.WebFetchTool20260318;
import com.anthropic.models.messages.WebSearchResultBlockParam;
import com.anthropic.models.messages.WebSearchTool20260318;
import com.anthropic.models.messages.WebSearchToolResultBlockParam;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.simulator.ClaudeSimulator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request that the official SDK writes is one that this library has types for, and writes again as it came. */
@SuppressWarnings("unchecked") // to Java, the JsonValue of that SDK is a raw JsonField
class OfficialSdkRequestPeerTests {
    private static final CacheControlEphemeral CACHED = CacheControlEphemeral.builder()
            .ttl(CacheControlEphemeral.Ttl.TTL_1H)
            .build();

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final AnthropicClient client = AnthropicOkHttpClient.builder()
            .apiKey("test")
            .baseUrl(claude.baseUrl())
            .maxRetries(0)
            .build();

    @AfterEach
    void stop() {
        client.close();
        claude.close();
    }

    @Test
    void aRequestOfTheSdkIsReadWithoutAnUnknownAndWrittenAsItCame() {
        client.messages().create(everything().build());
        Map<String, Json> sent =
                new LinkedHashMap<>(claude.requests().get(0).body().members());
        sent.remove("stream");

        MessageRequest read = Json.of(sent).as(MessageRequest.class);

        assertThat(Json.of(read)).isEqualTo(Json.of(sent));
        assertThat(read.extraBody().isEmptyObject()).isTrue();
        assertThat(read.tools()).noneMatch(OfficialSdkRequestPeerTests::isUnknown);
        assertThat(read.messages()).flatMap(turn -> turn.content()).noneMatch(OfficialSdkRequestPeerTests::isUnknown);
    }

    private static boolean isUnknown(Object member) {
        return member.getClass().getSimpleName().startsWith("Unknown");
    }

    private static MessageCreateParams.Builder everything() {
        return tools(settings(MessageCreateParams.builder()))
                .addUserMessageOfContentBlockParams(question())
                .addAssistantMessageOfContentBlockParams(searched())
                .addUserMessage("And the depth?")
                .addAssistantMessageOfContentBlockParams(List.of(
                        ContentBlockParam.ofThinking(ThinkingBlockParam.builder()
                                .thinking("A tool knows.")
                                .signature("EqQBCkgIARAB==")
                                .build()),
                        ContentBlockParam.ofToolUse(ToolUseBlockParam.builder()
                                .id("toolu_1")
                                .name("get_tide")
                                .input(JsonValue.from(Map.of("port", "Brest")))
                                .build())))
                .addUserMessageOfContentBlockParams(
                        List.of(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                                .toolUseId("toolu_1")
                                .content("12 m")
                                .isError(true)
                                .build())));
    }

    private static MessageCreateParams.Builder settings(MessageCreateParams.Builder request) {
        return request.model("claude-sonnet-5-5")
                .maxTokens(4096)
                .systemOfTextBlockParams(List.of(TextBlockParam.builder()
                        .text("Be brief.")
                        .cacheControl(CACHED)
                        .build()))
                .addStopSequence("END")
                .metadata(Metadata.builder().userId("u-1").build())
                .serviceTier(MessageCreateParams.ServiceTier.STANDARD_ONLY)
                .thinking(ThinkingConfigAdaptive.builder()
                        .display(ThinkingConfigAdaptive.Display.SUMMARIZED)
                        .build())
                .outputConfig(OutputConfig.builder()
                        .effort(OutputConfig.Effort.HIGH)
                        .format(JsonOutputFormat.builder()
                                .schema(JsonOutputFormat.Schema.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .putAdditionalProperty("properties", JsonValue.from(Map.of()))
                                        .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                                        .build())
                                .build())
                        .build())
                .container(ContainerParams.builder()
                        .id("container_1")
                        .addSkill(SkillParams.builder()
                                .type(SkillParams.Type.ANTHROPIC)
                                .skillId("pdf")
                                .version("latest")
                                .build())
                        .build())
                .diagnostics(
                        DiagnosticsParam.builder().previousMessageId("msg_0").build())
                .inferenceGeo("eu");
    }

    private static MessageCreateParams.Builder tools(MessageCreateParams.Builder request) {
        return request.addTool(Tool.builder()
                        .name("get_tide")
                        .description("The tide of a port.")
                        .strict(true)
                        .deferLoading(false)
                        .eagerInputStreaming(true)
                        .inputSchema(Tool.InputSchema.builder()
                                .properties(Tool.InputSchema.Properties.builder()
                                        .putAdditionalProperty("port", JsonValue.from(Map.of("type", "string")))
                                        .build())
                                .addRequired("port")
                                .build())
                        .cacheControl(CACHED)
                        .build())
                .addTool(WebSearchTool20260318.builder()
                        .maxUses(3)
                        .addAllowedDomain("example.org")
                        .userLocation(UserLocation.builder()
                                .city("Brest")
                                .country("FR")
                                .timezone("Europe/Paris")
                                .build())
                        .build())
                .addTool(WebFetchTool20260318.builder()
                        .maxContentTokens(10_000)
                        .citations(CitationsConfigParam.builder().enabled(true).build())
                        .useCache(true)
                        .build())
                .addTool(CodeExecutionTool20260521.builder().build())
                .addTool(ToolBash20250124.builder().build())
                .addTool(ToolTextEditor20250728.builder().maxCharacters(5000).build())
                .addTool(MemoryTool20250818.builder().build())
                .addTool(ToolSearchToolRegex20251119.builder()
                        .type(ToolSearchToolRegex20251119.Type.TOOL_SEARCH_TOOL_REGEX_20251119)
                        .build())
                .addTool(ComputerToolset20260801.builder().build())
                .addTool(BrowserToolset20260801.builder().build());
    }

    private static List<ContentBlockParam> question() {
        return List.of(
                ContentBlockParam.ofText(
                        TextBlockParam.builder().text("How high is it?").build()),
                ContentBlockParam.ofImage(ImageBlockParam.builder()
                        .source(Base64ImageSource.builder()
                                .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                                .data("iVBORw0KGgo=")
                                .build())
                        .transformations(ImageTransformationsParam.builder()
                                .oversizedImage(ImageTransformationsParam.OversizedImage.DOWNSIZE)
                                .build())
                        .build()),
                ContentBlockParam.ofDocument(DocumentBlockParam.builder()
                        .textSource("Tide tables")
                        .title("Tides")
                        .context("Of 2026")
                        .citations(CitationsConfigParam.builder().enabled(true).build())
                        .build()),
                ContentBlockParam.ofSearchResult(SearchResultBlockParam.builder()
                        .source("https://example.org")
                        .title("Harbours")
                        .addContent(TextBlockParam.builder().text("12 m").build())
                        .citations(CitationsConfigParam.builder().enabled(true).build())
                        .build()));
    }

    private static List<ContentBlockParam> searched() {
        return List.of(
                ContentBlockParam.ofServerToolUse(ServerToolUseBlockParam.builder()
                        .id("srvtoolu_1")
                        .name(ServerToolUseBlockParam.Name.WEB_SEARCH)
                        .input(JsonValue.from(Map.of("query", "harbour")))
                        .build()),
                ContentBlockParam.ofWebSearchToolResult(WebSearchToolResultBlockParam.builder()
                        .toolUseId("srvtoolu_1")
                        .contentOfItem(List.of(WebSearchResultBlockParam.builder()
                                .url("https://example.org")
                                .title("Harbours")
                                .encryptedContent("Eo8=")
                                .build()))
                        .build()),
                ContentBlockParam.ofText(TextBlockParam.builder().text("High.").build()));
    }
}
