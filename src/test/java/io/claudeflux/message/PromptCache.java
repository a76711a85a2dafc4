package io.claudeflux.message;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The server's prompt cache as it is documented: an entry for each breakpoint, found again from a breakpoint of a later
 * request at its own place or up to 19 blocks ahead of it. A character is a token; entries never end.
 */
final class PromptCache {
    private static final int LOOK_BACK = 20;

    private final Set<String> entries = new HashSet<>();

    /**
     * What a request cost.
     *
     * @param read tokens read from the cache
     * @param written tokens written to it
     * @param plain tokens behind the last breakpoint
     */
    record Cost(int read, int written, int plain) {}

    Cost ask(MessageRequest request) {
        List<String> prefixes = new ArrayList<>();
        List<Integer> breakpoints = new ArrayList<>();
        StringBuilder prefix = new StringBuilder();
        request.tools().forEach(tool -> add(prefixes, prefix, breakpoints, tool));
        request.system().forEach(block -> add(prefixes, prefix, breakpoints, block));
        request.messages().forEach(turn -> {
            prefix.append(turn.role());
            turn.content().forEach(block -> add(prefixes, prefix, breakpoints, block));
        });
        int read = 0;
        for (int at : breakpoints) {
            for (int back = at; back >= 0 && back > at - LOOK_BACK; back--) {
                if (entries.contains(prefixes.get(back))) {
                    read = Math.max(read, prefixes.get(back).length());
                    break;
                }
            }
        }
        breakpoints.forEach(at -> entries.add(prefixes.get(at)));
        int marked = breakpoints.isEmpty()
                ? 0
                : prefixes.get(breakpoints.get(breakpoints.size() - 1)).length();
        return new Cost(read, Math.max(0, marked - read), prefix.length() - Math.max(marked, read));
    }

    private static void add(List<String> prefixes, StringBuilder prefix, List<Integer> breakpoints, Object part) {
        boolean isMarked = part instanceof Cacheable<?> cacheable && cacheable.cacheControl() != null;
        Object plain = isMarked ? ((Cacheable<?>) part).withCacheControl(null) : part;
        prefix.append(Json.of(plain).text());
        prefixes.add(prefix.toString());
        if (isMarked) {
            breakpoints.add(prefixes.size() - 1);
        }
    }
}
