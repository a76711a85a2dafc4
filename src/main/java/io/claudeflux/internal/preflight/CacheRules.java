package io.claudeflux.internal.preflight;

import io.claudeflux.message.CacheControl;
import io.claudeflux.message.Cacheable;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.RedactedThinkingBlock;
import io.claudeflux.message.ThinkingBlock;
import io.claudeflux.message.Tool;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.UnknownBlock;
import io.claudeflux.message.UnknownTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cache breakpoints: how many, where, and for how long. */
final class CacheRules {
    private static final int MAX = 4;
    private static final String FIELD = "cache_control";

    private static final Rule COUNT = new Rule(
            "a request has at most 4 cache breakpoints",
            "keep those behind the parts that stay the same: tools, system, the conversation so far",
            Rule.CACHING);
    private static final Rule THINKING = new Rule(
            "thinking takes no cache_control; it is cached with what is around it", "mark another block", Rule.CACHING);
    private static final Rule TTL =
            new Rule("cache_control is ephemeral, with a ttl of 5m or 1h", "use CacheControl's factories", Rule.TYPES);
    private static final Rule ORDER = new Rule(
            "in the order tools, system, messages, breakpoints of 1h come ahead of those of 5m, the default",
            "give the earlier ones 1h too, or the later ones 5m",
            Rule.CACHING + "; " + Rule.OBSERVED);

    private final Findings findings;
    private final List<Breakpoint> breakpoints = new ArrayList<>();
    private int nested;

    private CacheRules(Findings findings) {
        this.findings = findings;
    }

    private record Breakpoint(
            String path, String type, @Nullable String ttl) {
        boolean lasts(String life) {
            return life.equals(ttl == null ? "5m" : ttl);
        }
    }

    static void check(Inspected inspected, Findings findings) {
        CacheRules rules = new CacheRules(findings);
        MessageRequest request = inspected.request();
        for (int i = 0; i < request.tools().size(); i++) {
            rules.tool("tools[" + i + "]", request.tools().get(i));
        }
        for (int i = 0; i < request.system().size(); i++) {
            rules.add("system[" + i + "]", request.system().get(i).cacheControl());
        }
        for (Turn turn : inspected.turns()) {
            turn.blocks().forEach(rules::block);
        }
        rules.order();
        CacheControl automatic = request.cacheControl();
        if (automatic != null) {
            rules.known(new Breakpoint(FIELD, automatic.type(), automatic.ttl()));
        }
        rules.breakpoints.forEach(rules::known);
        rules.count(automatic != null);
    }

    private void count(boolean isAutomatic) {
        int direct = breakpoints.size();
        if (direct > MAX) {
            String problem = "is breakpoint 5 of " + direct;
            findings.refuse(breakpoints.get(MAX).path(), problem, COUNT);
        } else if (direct + nested > MAX) {
            findings.warn(
                    "messages", "hold, with those within other blocks, " + (direct + nested) + " breakpoints", COUNT);
        } else if (isAutomatic && direct == MAX) {
            findings.warn(FIELD, "adds a breakpoint to the 4 that are set, unless the last block has one", COUNT);
        }
    }

    private void order() {
        boolean isShort = false;
        for (Breakpoint breakpoint : breakpoints) {
            if (isShort && breakpoint.lasts("1h")) {
                findings.refuse(breakpoint.path() + ".ttl", "is \"1h\" behind a breakpoint of 5m", ORDER);
                return;
            }
            isShort |= breakpoint.lasts("5m");
        }
    }

    private void known(Breakpoint breakpoint) {
        if (!breakpoint.type().equals("ephemeral")) {
            findings.warn(breakpoint.path() + ".type", "is " + Findings.shown(breakpoint.type()), TTL);
        }
        if (!breakpoint.lasts("5m") && !breakpoint.lasts("1h")) {
            String ttl = breakpoint.ttl() == null ? "" : breakpoint.ttl();
            findings.warn(breakpoint.path() + ".ttl", "is " + Findings.shown(ttl), TTL);
        }
    }

    private void tool(String path, Tool tool) {
        if (tool instanceof Cacheable<?> cacheable) {
            add(path, cacheable.cacheControl());
        } else if (tool instanceof UnknownTool unknown) {
            add(path, unknown.raw());
        }
    }

    private void block(Block block) {
        ContentBlock content = block.content();
        if (content instanceof ThinkingBlock thinking) {
            thinking(block, thinking.extra());
        } else if (content instanceof RedactedThinkingBlock thinking) {
            thinking(block, thinking.extra());
        } else if (content instanceof UnknownBlock unknown) {
            add(block.path(), unknown.raw());
        } else {
            CacheControl control = of(content);
            if (control != null) {
                add(block.path(), control);
            }
            if (content instanceof ToolResultBlock result) {
                nested += (int) result.content().stream()
                        .filter(part -> of(part) != null)
                        .count();
            }
        }
    }

    private void thinking(Block block, Json extra) {
        if (Inspected.value(extra.members(), FIELD) != null) {
            findings.refuse(block.path(FIELD), "is set", THINKING);
        }
    }

    private static @Nullable CacheControl of(ContentBlock content) {
        return content instanceof Cacheable<?> cacheable ? cacheable.cacheControl() : null;
    }

    private void add(String path, @Nullable CacheControl control) {
        if (control != null) {
            breakpoints.add(new Breakpoint(path + "." + FIELD, control.type(), control.ttl()));
        }
    }

    /** Results of a server's tools are large: only one in which the word stands is looked into. */
    private void add(String path, Json raw) {
        if (!raw.text().contains("\"" + FIELD + "\"")) {
            return;
        }
        Json control = Inspected.value(raw.members(), FIELD);
        if (control != null && control.isObject()) {
            Map<String, Json> members = control.members();
            String type = Inspected.word(members, "type");
            breakpoints.add(
                    new Breakpoint(path + "." + FIELD, type == null ? "" : type, Inspected.word(members, "ttl")));
        }
    }
}
