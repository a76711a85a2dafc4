package io.claudeflux.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Conversations of every shape that the API takes, by chance. */
final class Conversations {
    private final Random random;
    private int calls;

    Conversations(long seed) {
        random = new Random(seed);
    }

    /** A request as users make them, some with breakpoints of their own. */
    MessageRequest next() {
        CacheControl[] lives = random.nextBoolean()
                ? new CacheControl[] {CacheControl.oneHour(), CacheControl.ephemeral()}
                : new CacheControl[] {CacheControl.ephemeral(), CacheControl.ephemeral()};
        int room = random.nextInt(5);
        MessageRequestBuilder request =
                MessageRequest.builder().model("claude-sonnet-5-5").maxTokens(100);
        if (room > 0 && random.nextInt(4) == 0) {
            request.cacheControl(CacheControl.ephemeral());
            room--;
        }
        Marks marks = new Marks(room, lives);
        for (int i = random.nextInt(4); i > 0; i--) {
            request.tool(tool(i, marks));
        }
        if (random.nextBoolean()) {
            request.system(List.of(new TextBlock("be brief"), marks.on(new TextBlock("and kind"))));
        } else if (random.nextBoolean()) {
            request.system("be brief");
        }
        marks.life = 1;
        for (int turns = random.nextInt(5); turns > 0; turns--) {
            exchange(marks).forEach(request::message);
        }
        return request.message(user(marks)).build();
    }

    private final class Marks {
        private final CacheControl[] lives;
        private int left;
        private int life;

        private Marks(int left, CacheControl[] lives) {
            this.left = left;
            this.lives = lives;
        }

        private TextBlock on(TextBlock text) {
            CacheControl control = next();
            return control == null ? text : text.withCacheControl(control);
        }

        private @Nullable CacheControl next() {
            if (left == 0 || random.nextInt(6) > 0) {
                return null;
            }
            left--;
            return lives[life];
        }
    }

    private Tool tool(int number, Marks marks) {
        Json schema = Json.parse("{\"type\":\"object\",\"properties\":{}}");
        return switch (random.nextInt(5)) {
            case 0 -> UnknownTool.of(Json.parse("{\"type\":\"bash_20250124\",\"name\":\"bash\"}"));
            case 2 -> WebSearchTool.latest().withCacheControl(marks.next());
            case 1 -> {
                Json deferred = Json.parse("{\"defer_loading\":true}");
                yield new CustomTool("deferred" + number, "d", schema, null, deferred);
            }
            default -> new CustomTool("tool" + number, "d", schema, marks.next(), Json.emptyObject());
        };
    }

    /** Something of the user and an answer; where that calls tools, the next turn of the user has their results. */
    private List<MessageParam> exchange(Marks marks) {
        List<MessageParam> turns = new ArrayList<>(List.of(user(marks)));
        if (random.nextBoolean()) {
            turns.add(new MessageParam(
                    Role.ASSISTANT,
                    List.of(
                            new ThinkingBlock("hm", "signature"),
                            new RedactedThinkingBlock("data"),
                            marks.on(new TextBlock("a")))));
            return turns;
        }
        List<ContentBlock> uses = new ArrayList<>(List.of(new ThinkingBlock("hm", "signature")));
        List<ContentBlock> results = new ArrayList<>();
        for (int i = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 3); i > 0; i--) {
            String id = "toolu_" + calls++;
            uses.add(new ToolUseBlock(id, "tool1", Json.emptyObject()));
            List<ContentBlock> content = random.nextBoolean() ? List.of() : List.of(marks.on(new TextBlock("r")));
            results.add(new ToolResultBlock(id, content, false, marks.next(), Json.emptyObject()));
        }
        turns.add(new MessageParam(Role.ASSISTANT, uses));
        turns.add(new MessageParam(Role.USER, results));
        turns.add(MessageParam.assistant("done"));
        return turns;
    }

    private MessageParam user(Marks marks) {
        List<ContentBlock> blocks = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            blocks.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new DocumentBlock(new MediaSource.Blocks(List.of(marks.on(new TextBlock("d")))));
                        case 1 -> {
                            List<TextBlock> found = List.of(marks.on(new TextBlock("f")));
                            yield new SearchResultBlock(
                                    "https://example.org", "t", found, null, marks.next(), Json.emptyObject());
                        }
                        default -> ImageBlock.url("https://example.org/a.png");
                    });
        }
        blocks.add(marks.on(new TextBlock("question")));
        if (random.nextInt(4) == 0) {
            blocks.add(new TextBlock(" "));
        }
        if (random.nextInt(4) == 0) {
            blocks.add(UnknownBlock.of(Json.parse("{\"type\":\"container_upload\",\"file_id\":\"f\"}")));
        }
        return new MessageParam(Role.USER, blocks);
    }
}
