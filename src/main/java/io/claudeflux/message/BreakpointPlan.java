package io.claudeflux.message;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request in the order in which the server caches them, tools, system, messages, and where among them
 * there is a breakpoint or may be one.
 *
 * <p>A position is the index of a part. What the rules are is written in {@link CacheBreakpoints}; the client's
 * preflight checks them once more.
 */
final class BreakpointPlan {
    private static final int MAX = 4;
    /** How many positions the server looks at from a breakpoint backwards, its own included. */
    private static final int LOOK_BACK = 20;

    private static final String FIELD = "cache_control";
    private static final String QUOTED = "\"" + FIELD + "\"";

    private final MessageRequest request;
    private final List<Object> parts = new ArrayList<>();
    private final int firstSystem;
    private final int firstBlock;

    private final Map<Integer, CacheControl> chosen = new TreeMap<>();
    private final BitSet taken = new BitSet();
    private final BitSet longLived = new BitSet();
    private final BitSet shortLived = new BitSet();
    private int count;

    BreakpointPlan(MessageRequest request) {
        this.request = request;
        parts.addAll(request.tools());
        firstSystem = parts.size();
        parts.addAll(request.system());
        firstBlock = parts.size();
        request.messages().forEach(turn -> parts.addAll(turn.content()));
        for (int i = 0; i < parts.size(); i++) {
            read(i, parts.get(i));
        }
        CacheControl automatic = request.cacheControl();
        if (automatic != null) {
            note(parts.size(), automatic);
        }
    }

    static boolean isLong(CacheControl control) {
        return "1h".equals(control.ttl());
    }

    static boolean isShort(CacheControl control) {
        return control.ttl() == null || control.ttl().equals("5m");
    }

    /** Behind the conversation so far, and where the request before had the end of its own. */
    void conversation(CacheControl control) {
        int end = lastOfUser(request.messages().size());
        if (request.cacheControl() == null) {
            mark(end, control);
        }
        int before = lastOfUser(turnsBefore());
        int next = before < 0 ? -1 : taken.nextSetBit(before);
        boolean isFound = (next >= 0 && next < before + LOOK_BACK)
                || (request.cacheControl() != null && end < before + LOOK_BACK);
        if (!isFound) {
            mark(before, control);
        }
    }

    /** Behind the parts that many conversations share. */
    void prefix(CacheControl control) {
        mark(last(firstSystem, firstBlock), control);
        mark(last(0, firstSystem), control);
    }

    MessageRequest applied() {
        if (chosen.isEmpty()) {
            return request;
        }
        MessageRequestBuilder builder = request.toBuilder();
        List<Tool> tools = new ArrayList<>();
        List<TextBlock> system = new ArrayList<>();
        List<ContentBlock> blocks = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Object part = marked(i);
            if (part instanceof Tool tool) {
                tools.add(tool);
            } else if (i < firstBlock) {
                system.add((TextBlock) part);
            } else {
                blocks.add((ContentBlock) part);
            }
        }
        return builder.tools(tools).system(system).messages(turns(blocks)).build();
    }

    static MessageRequest withoutThoseOfTheConversation(MessageRequest request) {
        BreakpointPlan plan = new BreakpointPlan(request);
        if (plan.taken.nextSetBit(plan.firstBlock) < 0) {
            return request;
        }
        List<ContentBlock> blocks = new ArrayList<>();
        for (int i = plan.firstBlock; i < plan.parts.size(); i++) {
            ContentBlock block = (ContentBlock) plan.parts.get(i);
            boolean isMarked = block instanceof Cacheable<?> cacheable && cacheable.cacheControl() != null;
            blocks.add(isMarked ? (ContentBlock) ((Cacheable<?>) block).withCacheControl(null) : block);
        }
        return request.toBuilder().messages(plan.turns(blocks)).build();
    }

    private Object marked(int position) {
        CacheControl control = chosen.get(position);
        Object part = parts.get(position);
        return control != null && part instanceof Cacheable<?> cacheable ? cacheable.withCacheControl(control) : part;
    }

    private List<MessageParam> turns(List<ContentBlock> blocks) {
        List<MessageParam> turns = new ArrayList<>();
        int from = 0;
        for (MessageParam turn : request.messages()) {
            int to = from + turn.content().size();
            turns.add(new MessageParam(turn.role(), blocks.subList(from, to), turn.extra()));
            from = to;
        }
        return turns;
    }

    private void mark(int position, CacheControl wanted) {
        CacheControl control = position < 0 || taken.get(position) || count >= MAX ? null : fitting(position, wanted);
        if (control != null) {
            chosen.put(position, control);
            taken.set(position);
            note(position, control);
        }
    }

    /** With the life that the others leave; null where they contradict each other already. */
    private @Nullable CacheControl fitting(int position, CacheControl wanted) {
        boolean mustBeShort = shortLived.previousSetBit(position) >= 0;
        boolean mustBeLong = longLived.nextSetBit(position) >= 0;
        if (mustBeShort && mustBeLong) {
            return null;
        }
        if (mustBeShort && isLong(wanted)) {
            return CacheControl.ephemeral();
        }
        return mustBeLong && isShort(wanted) ? CacheControl.oneHour() : wanted;
    }

    /** How many turns the request had that the last answer belongs to; 0 if there was none. */
    private int turnsBefore() {
        int turns = request.messages().size();
        while (turns > 0 && !isOf(Role.ASSISTANT, turns - 1)) {
            turns--;
        }
        while (turns > 0 && isOf(Role.ASSISTANT, turns - 1)) {
            turns--;
        }
        return turns;
    }

    private boolean isOf(Role role, int turn) {
        return request.messages().get(turn).role().equals(role);
    }

    /** The last block of a user among the first turns that takes a breakpoint; -1 if there is none. */
    private int lastOfUser(int turns) {
        int position = -1;
        int from = firstBlock;
        for (int i = 0; i < turns; i++) {
            int to = from + request.messages().get(i).content().size();
            position = isOf(Role.USER, i) ? Math.max(position, last(from, to)) : position;
            from = to;
        }
        return position;
    }

    private int last(int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (takesOne(parts.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Of a raw part it is not known whether it takes one. */
    private static boolean takesOne(Object part) {
        if (part instanceof TextBlock text) {
            return !text.text().isBlank();
        }
        boolean isRaw = part instanceof UnknownBlock || part instanceof UnknownTool;
        return part instanceof Cacheable<?> && !isRaw && !(part instanceof Tool tool && isDeferred(tool));
    }

    /** A tool that is loaded when it is searched for is not part of what is cached. */
    private static boolean isDeferred(Tool tool) {
        return Json.of(tool)
                .get("defer_loading")
                .filter(value -> value.text().equals("true"))
                .isPresent();
    }

    private void read(int position, Object part) {
        if (part instanceof UnknownBlock unknown) {
            raw(position, unknown.raw());
        } else if (part instanceof UnknownTool unknown) {
            raw(position, unknown.raw());
        } else if (part instanceof Cacheable<?> cacheable && cacheable.cacheControl() != null) {
            taken.set(position);
            note(position, cacheable.cacheControl());
        }
        nested(part).forEach(block -> within(position, block));
    }

    private static List<? extends ContentBlock> nested(Object part) {
        if (part instanceof ToolResultBlock result) {
            return result.content();
        }
        if (part instanceof SearchResultBlock result) {
            return result.content();
        }
        return part instanceof DocumentBlock document && document.source() instanceof MediaSource.Blocks source
                ? source.content()
                : List.of();
    }

    /** Breakpoints within a block count, and the one behind the block is another. */
    private void within(int position, ContentBlock block) {
        if (block instanceof UnknownBlock unknown) {
            count += written(unknown.raw().text());
        } else if (block instanceof Cacheable<?> cacheable && cacheable.cacheControl() != null) {
            note(position, cacheable.cacheControl());
        }
        nested(block).forEach(deeper -> within(position, deeper));
    }

    /** Each that is written anywhere in it counts; how long it lives is read of its own only. */
    private void raw(int position, Json raw) {
        int written = written(raw.text());
        CacheControl own = written == 0 ? null : own(raw);
        count += written;
        if (own != null) {
            taken.set(position);
            count--;
            note(position, own);
        }
    }

    private static int written(String json) {
        int written = 0;
        for (int at = json.indexOf(QUOTED); at >= 0; at = json.indexOf(QUOTED, at + 1)) {
            written++;
        }
        return written;
    }

    private static @Nullable CacheControl own(Json raw) {
        try {
            return raw.get(FIELD)
                    .filter(Json::isObject)
                    .map(own -> new CacheControl(
                            "ephemeral", own.get("ttl").flatMap(Json::asString).orElse(null), Json.emptyObject()))
                    .orElse(null);
        } catch (IllegalArgumentException beyondTheBounds) {
            return null;
        }
    }

    private void note(int position, CacheControl control) {
        count++;
        if (isLong(control)) {
            longLived.set(position);
        } else if (isShort(control)) {
            shortLived.set(position);
        }
    }
}
