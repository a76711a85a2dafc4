package io.claudeflux.message;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a request looks like from outside: counts, sizes, names of its fields and kinds. It holds nothing that anybody
 * said, no name of a tool and no header's value, so that it may be shown to others.
 *
 * @param model the model asked for
 * @param maxTokens the most tokens it may generate
 * @param turns how many turns each role has
 * @param blocks how many content blocks there are of each type, those in tool results included
 * @param systemBlocks how many blocks the instructions ahead of the conversation have
 * @param tools how many tools there are of each type
 * @param flags what else is set, such as {@code thinking=adaptive}; names alone where the value may say something
 * @param betas the beta features the request asks for
 */
public record RequestShape(
        String model,
        int maxTokens,
        Map<String, Integer> turns,
        Map<String, Integer> blocks,
        int systemBlocks,
        Map<String, Integer> tools,
        Collection<String> flags,
        Collection<String> betas) {
    private static final Pattern LINE_ENDS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");
    private static final int SHOWN = 500;

    /** Copies the collections, in an order that does not depend on chance. */
    public RequestShape {
        turns = new TreeMap<>(turns);
        blocks = new TreeMap<>(blocks);
        tools = new TreeMap<>(tools);
        flags = new TreeSet<>(flags);
        betas = new TreeSet<>(betas);
    }

    /**
     * The shape of a request.
     *
     * @param request what is asked
     * @return its shape
     */
    public static RequestShape of(MessageRequest request) {
        Map<String, Integer> blocks = new TreeMap<>();
        request.messages().forEach(turn -> turn.content().forEach(block -> count(block, blocks)));
        return new RequestShape(
                request.model(),
                request.maxTokens(),
                counts(request.messages(), turn -> turn.role().value()),
                blocks,
                request.system().size(),
                counts(request.tools(), Tool::type),
                flags(request),
                request.betas());
    }

    private static void count(ContentBlock block, Map<String, Integer> blocks) {
        blocks.merge(block.type(), 1, Integer::sum);
        if (block instanceof ToolResultBlock result) {
            result.content().forEach(inner -> count(inner, blocks));
        }
    }

    private static <T> Map<String, Integer> counts(Collection<T> all, Function<T, String> kind) {
        return all.stream().collect(Collectors.toMap(kind, one -> 1, Integer::sum));
    }

    private static Collection<String> flags(MessageRequest request) {
        Collection<String> flags = new TreeSet<>();
        if (request.thinking() instanceof Thinking.Enabled enabled) {
            flags.add("thinking=enabled(" + enabled.budgetTokens() + ")");
        } else if (request.thinking() != null) {
            flags.add("thinking=" + request.thinking().type());
        }
        if (request.toolChoice() != null) {
            flags.add("tool_choice=" + request.toolChoice().type());
        }
        if (request.serviceTier() != null) {
            flags.add("service_tier=" + request.serviceTier());
        }
        if (request.speed() != null) {
            flags.add("speed=" + request.speed());
        }
        if (request.outputConfig() != null) {
            flags.add(output(request.outputConfig()));
        }
        addIf(
                flags,
                !request.stopSequences().isEmpty(),
                "stop_sequences=" + request.stopSequences().size());
        addIf(flags, request.metadata() != null, "metadata");
        addIf(flags, request.cacheControl() != null, "cache_control");
        addIf(flags, request.container() != null, "container");
        addIf(flags, request.diagnostics() != null, "diagnostics");
        addIf(flags, request.inferenceGeo() != null, "inference_geo");
        request.extraBody().members().keySet().forEach(name -> flags.add("extra:" + name));
        request.headers().keySet().forEach(name -> flags.add("header:" + name));
        return flags;
    }

    private static String output(OutputConfig config) {
        String effort = config.effort() == null ? "" : "=" + config.effort();
        return "output_config" + effort + (config.format() == null ? "" : "+format");
    }

    private static void addIf(Collection<String> flags, boolean isSet, String flag) {
        if (isSet) {
            flags.add(flag);
        }
    }

    /** One line, and of what is too long its beginning: a model's name is whatever the application set. */
    @Override
    public String toString() {
        String shape =
                model + ", maxTokens=" + maxTokens + ", turns=" + turns + ", blocks=" + blocks + ", tools=" + tools;
        String line = LINE_ENDS.matcher(shape).replaceAll("?");
        return "RequestShape[" + (line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…") + ", " + flags.size()
                + " flags, " + betas.size() + " betas]";
    }
}
