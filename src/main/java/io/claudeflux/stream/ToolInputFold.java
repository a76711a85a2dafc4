package io.claudeflux.stream;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.ToolUseBlock;
import io.claudeflux.message.UnknownBlock;
import io.claudeflux.stream.ToolInput.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Events to the inputs of tool calls. What it judges at the end is what {@link BlockFold} judges, so that the view and
 * the message agree.
 */
final class ToolInputFold {
    /** Input shows again when it has grown by this part of itself: all looks together cost 65 times its length. */
    private static final int PART = 64;

    private final Map<Integer, Open> open = new TreeMap<>();

    /** What there is to show behind an event; null for nothing. */
    @Nullable ToolInput add(StreamEvent event) {
        if (event instanceof ContentBlockDelta delta) {
            Open input = delta.delta() instanceof InputJsonDelta ? open.get(delta.index()) : null;
            return input == null ? null : input.append(((InputJsonDelta) delta.delta()).partialJson());
        }
        if (event instanceof ContentBlockStart start) {
            Open begun = begin(start.index(), start.contentBlock());
            if (begun == null) {
                return null;
            }
            open.put(start.index(), begun);
            return begun.show();
        }
        if (event instanceof ContentBlockStop stop) {
            Open input = open.remove(stop.index());
            return input == null ? null : input.judge();
        }
        return null;
    }

    /** What is left of calls whose block never stopped. */
    List<ToolInput> end() {
        List<ToolInput> rest = new ArrayList<>();
        open.values().forEach(input -> rest.add(input.judge()));
        open.clear();
        return rest;
    }

    private static @Nullable Open begin(int index, ContentBlock block) {
        if (block instanceof ToolUseBlock tool) {
            return new Open(new Call(index, tool.type(), tool.id(), tool.name()), tool.input());
        }
        Map<String, Json> members = calls(block);
        Json seed = members.get("input");
        return seed == null
                ? null
                : new Open(
                        new Call(index, block.type(), word(members, "id"), word(members, "name")),
                        seed.isObject() ? seed : Json.emptyObject());
    }

    /** The fields of a block that calls somebody else's tool, of a kind that this version may not know. */
    private static Map<String, Json> calls(ContentBlock block) {
        if (block instanceof UnknownBlock unknown) {
            return unknown.raw().members();
        }
        return block.type().endsWith("tool_use") ? Json.of(block).members() : Map.of();
    }

    private static String word(Map<String, Json> members, String name) {
        Json value = members.get(name);
        return value == null ? "" : value.asString().orElse("");
    }

    /**
     * An input that grows. Its characters are only ever appended, so that what was shown can share them on whichever
     * thread it is read; a builder of the JDK may not be read while it is written.
     */
    private static final class Open {
        private final Call call;
        private final Json seed;
        private char[] text = new char[PART];
        private int length;
        private int shown;

        private Open(Call call, Json seed) {
            this.call = call;
            this.seed = seed;
        }

        private @Nullable ToolInput append(String piece) {
            int end = Math.addExact(length, piece.length());
            if (end > text.length) {
                text = Arrays.copyOf(text, Math.max(end, text.length * 2));
            }
            piece.getChars(0, piece.length(), text, length);
            length = end;
            return length - shown >= Math.max(1, shown / PART) ? show() : null;
        }

        private ToolInput show() {
            shown = length;
            return new ToolInput.Growing(call, text, length);
        }

        private ToolInput judge() {
            String raw = new String(text, 0, length);
            if (raw.isBlank()) {
                return new ToolInput.Valid(call, seed);
            }
            try {
                Json input = Json.parse(raw);
                return input.isObject()
                        ? new ToolInput.Valid(call, input)
                        : new ToolInput.Invalid(call, raw, "JSON, but not an object");
            } catch (IllegalArgumentException notJson) {
                return new ToolInput.Invalid(call, raw, String.valueOf(notJson.getMessage()));
            }
        }
    }
}
