package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Changes JSON values in every place that a change fits, one place at a time. */
final class JsonTree {
    private JsonTree() {}

    /** A changed value and where it was changed. */
    record Variant(String path, Json json) {}

    /** The value with each of its objects changed in turn. */
    static List<Variant> eachObject(Json json, Consumer<Map<String, @Nullable Object>> change) {
        List<Variant> variants = new ArrayList<>();
        for (List<Object> path : paths(json)) {
            Object root = json.toMap();
            Object node = at(root, path);
            if (node instanceof Map<?, ?>) {
                change.accept(asObject(node));
                variants.add(new Variant(path.toString(), Json.of(root)));
            }
        }
        return variants;
    }

    /** The value without each of its members in turn. */
    static List<Variant> eachMemberMissing(Json json) {
        return eachMember(json, Map::remove);
    }

    /** The value with each of its members set to null in turn. */
    static List<Variant> eachMemberNull(Json json) {
        return eachMember(json, (object, name) -> object.put(name, null));
    }

    /** The value with each of its members changed in turn. */
    static List<Variant> eachMember(Json json, BiConsumer<Map<String, @Nullable Object>, String> change) {
        List<Variant> variants = new ArrayList<>();
        for (List<Object> path : paths(json)) {
            if (at(json.toMap(), path) instanceof Map<?, ?> object) {
                for (Object name : object.keySet()) {
                    Object root = json.toMap();
                    change.accept(asObject(at(root, path)), (String) name);
                    variants.add(new Variant(path + "." + name, Json.of(root)));
                }
            }
        }
        return variants;
    }

    /** The paths of all objects and arrays. */
    private static List<List<Object>> paths(Json json) {
        List<List<Object>> paths = new ArrayList<>();
        collect(json.toMap(), List.of(), paths);
        return paths;
    }

    private static void collect(@Nullable Object node, List<Object> path, List<List<Object>> paths) {
        if (node instanceof Map<?, ?> map) {
            paths.add(path);
            map.forEach((name, value) -> collect(value, longer(path, name), paths));
        } else if (node instanceof List<?> list) {
            paths.add(path);
            for (int i = 0; i < list.size(); i++) {
                collect(list.get(i), longer(path, i), paths);
            }
        }
    }

    private static List<Object> longer(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static @Nullable Object at(@Nullable Object root, List<Object> path) {
        Object node = root;
        for (Object step : path) {
            node = node instanceof Map<?, ?> map
                    ? map.get(step)
                    : ((List<?>) Objects.requireNonNull(node)).get((Integer) step);
        }
        return node;
    }

    @SuppressWarnings("unchecked") // objects of Json.toMap() have names for keys
    private static Map<String, @Nullable Object> asObject(@Nullable Object node) {
        return node == null ? new LinkedHashMap<>() : (Map<String, @Nullable Object>) node;
    }
}
