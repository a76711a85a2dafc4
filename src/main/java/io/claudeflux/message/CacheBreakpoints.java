package io.claudeflux.message;

import java.util.Objects;

/**
 * Puts cache breakpoints where a conversation is worth caching, within the rules of the API.
 *
 * <pre>{@code
 * CacheBreakpoints breakpoints = CacheBreakpoints.defaults();
 *
 * Mono<Message> answer = claude.messages().create(breakpoints.place(request));
 *
 * // and for a request that grows from turn to turn:
 * request = breakpoints.move(request.toBuilder().message(answer.toParam()).user(next).build());
 * }</pre>
 *
 * <p>Up to four, in this order of importance as long as there is room:
 *
 * <ol>
 *   <li>behind the last user turn, so that the next turn finds the conversation up to here;
 *   <li>behind the user turn ahead of the last answer, if the server would not find what was cached there by itself: it
 *       looks back 20 blocks from each breakpoint, and a turn with many tool calls is longer;
 *   <li>behind the system instructions and
 *   <li>behind the tools, for other conversations that begin alike.
 * </ol>
 *
 * <p>Breakpoints that the request has, within tool results and the automatic one of
 * {@link MessageRequest#cacheControl()} included, count and stay as they are; the automatic one takes the first place.
 * None is put on thinking, on blank text, on a deferred tool, or on a block or tool that this version knows no
 * breakpoint for: the one ahead of it is taken then. Where the request's own breakpoints live for five minutes, those
 * behind them do too, since the API wants the longer-lived ones first. What was placed once is not placed again.
 *
 * <p>The server caches nothing below a least length, of 1,024 tokens or more depending on the model, and then ignores a
 * breakpoint.
 *
 * <p>Immutable; the requests are copied and never changed.
 */
public final class CacheBreakpoints {
    private static final CacheBreakpoints DEFAULTS =
            new CacheBreakpoints(CacheControl.ephemeral(), CacheControl.ephemeral());

    private final CacheControl prefix;
    private final CacheControl conversation;

    private CacheBreakpoints(CacheControl prefix, CacheControl conversation) {
        this.prefix = prefix;
        this.conversation = conversation;
    }

    /**
     * Breakpoints that live for five minutes, as long as the server's do by default.
     *
     * @return the usual breakpoints
     */
    public static CacheBreakpoints defaults() {
        return DEFAULTS;
    }

    /**
     * Breakpoints with lives of your choice. An hour costs more to write, and pays where tools and instructions serve
     * conversations that are more than five minutes apart.
     *
     * @param prefix for tools and system
     * @param conversation for what is behind them
     * @return the breakpoints
     * @throws IllegalArgumentException if the conversation is to outlive what is ahead of it, which the API refuses
     */
    public static CacheBreakpoints of(CacheControl prefix, CacheControl conversation) {
        if (BreakpointPlan.isLong(conversation) && BreakpointPlan.isShort(prefix)) {
            throw new IllegalArgumentException(
                    "conversation must not be 1h where prefix is 5m: longer ones come first");
        }
        return new CacheBreakpoints(Objects.requireNonNull(prefix, "prefix"), conversation);
    }

    /**
     * Adds what is missing. For a request that holds no breakpoints of the turn before: those would use up the four by
     * the third turn, and hardly anything would be read from the cache from then on. {@link #move} is for such a one.
     *
     * @param request a request, with or without breakpoints of its own
     * @return a copy with up to four breakpoints; the request itself if there is nothing to add
     */
    public MessageRequest place(MessageRequest request) {
        BreakpointPlan plan = new BreakpointPlan(request);
        plan.conversation(conversation);
        plan.prefix(prefix);
        return plan.applied();
    }

    /**
     * Takes the breakpoints of the blocks of the conversation away and places new ones. For a request that is made of
     * the one before, whose breakpoints would otherwise use up the four.
     *
     * @param request a request that this was done to before, and that has grown
     * @return a copy; breakpoints of tools and system, and within tool results, stay
     */
    public MessageRequest move(MessageRequest request) {
        return place(BreakpointPlan.withoutThoseOfTheConversation(request));
    }
}
