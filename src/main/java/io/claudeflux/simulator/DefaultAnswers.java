package io.claudeflux.simulator;

import io.claudeflux.message.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Answers without a script: short prose that refers to the prompt and follows from the seed. It honours what a caller
 * can see in a request: {@code max_tokens}, thinking, a forced tool and a JSON schema for the output.
 */
final class DefaultAnswers implements Function<SimulatedRequest, Reply> {

    private static final int QUOTED_WORDS = 8;

    /** The API sends one behind the start of the first block, and now and then one later. */
    private static final Delivery.Pings PINGS = new Delivery.Pings(2, 100, Duration.ZERO);

    private static final List<String> OPENINGS = List.of(
            "You asked about “%s”. Here is a short answer.",
            "Good question: “%s”. Let me put it in a few words.", "About “%s”, three things are worth knowing.");

    /** For a turn without text, as one of tool results only. */
    private static final String WITHOUT_PROMPT = "Thank you, that is all I needed to know.";

    private static final List<String> BODIES = List.of(
            " First, look at where the pressure comes from: most of the time it is one slow step, and everything before it waits."
                    + " Second, measure before you change anything. Third, make the smallest change that moves the number.",
            " It helps to split the matter in two: what must happen now, and what may happen later. Do the first part at once and"
                    + " in order; hand the second to whoever is free, and write down what was promised.",
            " The short version is that small pieces travel better than large ones. Each piece can be checked on its own, a lost"
                    + " one costs little, and nobody has to hold the whole in memory.");

    private static final String CLOSING = " (This text was made up by the simulator; no model was asked.)";

    private final long seed;

    DefaultAnswers(long seed) {
        this.seed = seed;
    }

    @Override
    public Reply apply(SimulatedRequest request) {
        Map<String, Object> body = request.hasObjectBody() ? request.body().toMap() : Map.of();
        if (body.get("tool_choice") instanceof Map<?, ?> choice
                && body.get("tools") instanceof List<?> tools
                && !tools.isEmpty()
                && ("any".equals(choice.get("type")) || "tool".equals(choice.get("type")))) {
            return Reply.reply(forcedTool(choice, tools));
        }
        if (body.get("output_config") instanceof Map<?, ?> output && output.get("format") instanceof Map<?, ?> format) {
            return Reply.reply(Json.of(SchemaSample.of(format.get("schema"))).text());
        }
        return prose(request.prompt(), body);
    }

    private static Block forcedTool(Map<?, ?> choice, List<?> tools) {
        Map<?, ?> tool = tools.stream()
                .map(candidate -> candidate instanceof Map<?, ?> fields ? fields : Map.of())
                .filter(candidate ->
                        choice.get("name") == null || choice.get("name").equals(candidate.get("name")))
                .findFirst()
                .orElse(Map.of());
        return Block.toolUse(
                String.valueOf(tool.get("name")),
                Json.of(SchemaSample.of(tool.get("input_schema"))).text());
    }

    private Reply prose(String prompt, Map<String, Object> body) {
        SplittableRandom random = new SplittableRandom(seed + prompt.hashCode());
        String quoted = firstWords(prompt);
        String opening = quoted.isEmpty() ? WITHOUT_PROMPT : OPENINGS.get(random.nextInt(OPENINGS.size()));
        String text = String.format(opening, quoted) + BODIES.get(random.nextInt(BODIES.size())) + CLOSING;
        List<Block> blocks = new ArrayList<>();
        if (body.get("thinking") instanceof Map<?, ?> thinking
                && !"disabled".equals(thinking.get("type"))
                && !"between_tools".equals(thinking.get("type"))) {
            boolean isOmitted = "omitted".equals(thinking.get("display"));
            blocks.add(
                    Block.thinking(isOmitted ? "" : "The user wants to hear about “" + quoted + "”. Keep it short."));
        }
        return limited(text, body, blocks);
    }

    private static Reply limited(String text, Map<String, Object> body, List<Block> blocks) {
        long maxTokens = body.get("max_tokens") instanceof Number limit ? limit.longValue() : Long.MAX_VALUE;
        if (TextPieces.tokens(text.length()) <= maxTokens) {
            blocks.add(Block.text(text));
            return Reply.reply(blocks.toArray(Block[]::new)).pings(PINGS);
        }
        if (maxTokens > 0) {
            blocks.add(Block.text(text.substring(0, text.offsetByCodePoints(0, (int) maxTokens * 4 - 3))));
        }
        return Reply.reply(blocks.toArray(Block[]::new)).stopReason("max_tokens");
    }

    private static String firstWords(String prompt) {
        List<String> words = Arrays.stream(prompt.strip().split("\\s+"))
                .limit(QUOTED_WORDS + 1L)
                .toList();
        String quoted = String.join(" ", words.subList(0, Math.min(words.size(), QUOTED_WORDS)));
        return words.size() > QUOTED_WORDS ? quoted + " …" : quoted;
    }
}
