package io.claudeflux.mcp;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.ImageBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.TextBlock;
import io.claudeflux.tool.ToolResult;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server answered in blocks that the API takes, as far as there is room. One that it refuses ends a run. */
final class McpResult {
    /** What the API takes of an image, which it measures in Base64. */
    private static final int MAX_IMAGE_CHARS = 5 << 20;

    /** What a request of 32 MB has room for beside others. */
    private static final int MAX_CHARS_OF_IMAGES = 3 * MAX_IMAGE_CHARS;

    /** Of more of them in a request, the API takes only small ones. */
    private static final int MAX_IMAGES = 20;

    private static final String CUT = "[cut: the result is longer than may be shown]";

    private final List<ContentBlock> blocks = new ArrayList<>();
    private int room;
    private boolean isCut;
    private int images;
    private int charsOfImages;

    private McpResult(int room) {
        this.room = room;
    }

    static ToolResult told(CallToolResult answer, int maxChars) {
        McpResult result = new McpResult(maxChars);
        if (answer.content() != null) {
            answer.content().forEach(result::add);
        }
        if (result.blocks.isEmpty() && answer.structuredContent() != null) {
            result.text(Json.of(answer.structuredContent()).text());
        }
        return new ToolResult(result.blocks, Boolean.TRUE.equals(answer.isError()));
    }

    private void add(Content content) {
        if (content instanceof TextContent text) {
            text(text.text());
        } else if (content instanceof ImageContent image) {
            image(image);
        } else if (content instanceof EmbeddedResource embedded
                && embedded.resource() instanceof TextResourceContents resource) {
            text(resource.text());
        } else if (content instanceof ResourceLink link) {
            text(link.name() + ": " + link.uri());
        } else {
            text("[" + content.type() + " left out: it cannot be shown here]");
        }
    }

    private void text(@Nullable String text) {
        if (text == null || text.isBlank() || isCut) {
            return;
        }
        if (text.length() <= room) {
            blocks.add(new TextBlock(text));
            room -= text.length();
            return;
        }
        int end = room > 0 && Character.isHighSurrogate(text.charAt(room - 1)) ? room - 1 : room;
        blocks.add(new TextBlock(end == 0 ? CUT : text.substring(0, end) + "\n" + CUT));
        isCut = true;
    }

    private void image(ImageContent image) {
        String data = image.data();
        if (data != null && images < MAX_IMAGES && data.length() <= roomForAnImage()) {
            try {
                blocks.add(ImageBlock.of(Base64.getDecoder().decode(data)));
                images++;
                charsOfImages += data.length();
                return;
            } catch (IllegalArgumentException noImage) {
                // No Base64, or of a kind that the API refuses, whatever the server calls it.
            }
        }
        text("[image left out: it cannot be shown here]");
    }

    private int roomForAnImage() {
        return Math.min(MAX_IMAGE_CHARS, MAX_CHARS_OF_IMAGES - charsOfImages);
    }
}
