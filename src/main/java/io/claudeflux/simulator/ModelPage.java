package io.claudeflux.simulator;

import io.claudeflux.message.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A page of the models: the query read, the list cut. */
final class ModelPage {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST = 1_000;
    private static final Set<String> LIFECYCLES = Set.of("active", "deprecated", "retired");

    private ModelPage() {}

    /** The page that a query asks for, raw and without its question mark. */
    static Json of(String query) {
        Map<String, List<String>> asked = parameters(query);
        Set<String> lifecycles = new TreeSet<>(asked.getOrDefault("lifecycle", List.of("active", "deprecated")));
        if (!LIFECYCLES.containsAll(lifecycles)) {
            throw Rejection.invalid("lifecycle: Input should be 'active', 'deprecated' or 'retired'");
        }
        int limit = limit(asked);
        List<String> ids = ModelCatalog.ids(lifecycles);
        if (asked.containsKey("before_id")) {
            int end = place(asked, "before_id", ids);
            int begin = Math.max(0, end - limit);
            return page(ids.subList(begin, end), begin > 0);
        }
        int begin = asked.containsKey("after_id") ? place(asked, "after_id", ids) + 1 : 0;
        int end = Math.min(ids.size(), begin + limit);
        return page(ids.subList(begin, end), end < ids.size());
    }

    private static Json page(List<String> ids, boolean hasMore) {
        return Json.of(Fields.of(
                "data",
                ids.stream().map(ModelCatalog::byId).toList(),
                "has_more",
                hasMore,
                "first_id",
                ids.isEmpty() ? null : ids.get(0),
                "last_id",
                ids.isEmpty() ? null : ids.get(ids.size() - 1)));
    }

    private static int place(Map<String, List<String>> asked, String name, List<String> ids) {
        int place = ids.indexOf(asked.getOrDefault(name, List.of()).get(0));
        if (place < 0) {
            throw Rejection.invalid(name + ": there is no such model");
        }
        return place;
    }

    private static int limit(Map<String, List<String>> asked) {
        String limit = asked.getOrDefault("limit", List.of(String.valueOf(DEFAULT_LIMIT)))
                .get(0);
        if (!limit.matches("\\d{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            throw Rejection.invalid("limit: Input should be from 1 to " + MOST);
        }
        return Integer.parseInt(limit);
    }

    /** By name, the brackets of lists left out. */
    private static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int mark = pair.indexOf('=');
            String name = decoded(mark < 0 ? pair : pair.substring(0, mark)).replace("[]", "");
            parameters
                    .computeIfAbsent(name, key -> new ArrayList<>())
                    .add(mark < 0 ? "" : decoded(pair.substring(mark + 1)));
        }
        return parameters;
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            throw Rejection.invalid("the query is not properly encoded");
        }
    }
}
