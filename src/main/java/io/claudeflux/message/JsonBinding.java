package io.claudeflux.message;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Json} needs of a JSON library, so that the vocabulary depends on none.
 *
 * <p>Found once with {@link ServiceLoader} from this class's own loader; this library brings the implementation.
 * Applications have no reason to implement it.
 */
public interface JsonBinding {
    /**
     * The implementation in use.
     *
     * @return the one implementation on the class path
     * @throws IllegalStateException if there is none, which means that the jar was repackaged without its
     *     {@code META-INF/services}
     */
    static JsonBinding installed() {
        return InstalledJsonBinding.INSTANCE;
    }

    /**
     * Checks that a text is exactly one JSON value within the parser's bounds.
     *
     * @param text the text
     * @throws IllegalArgumentException if it is not
     */
    void check(String text);

    /**
     * Writes a value.
     *
     * @param value any value that has a JSON form
     * @return its compact JSON text
     * @throws IllegalArgumentException if it has none
     */
    String write(@Nullable Object value);

    /**
     * Binds a text to a type.
     *
     * @param text JSON
     * @param type the class to bind to
     * @param <T> its type
     * @return the bound value
     * @throws IllegalArgumentException if it does not fit
     */
    <T> T read(String text, Class<T> type);

    /**
     * Reads an object as a map.
     *
     * @param text a JSON object
     * @return a new map in the order of the members
     */
    Map<String, @Nullable Object> readMap(String text);

    /**
     * Reads an array as a list.
     *
     * @param text a JSON array
     * @return a new list
     */
    List<@Nullable Object> readList(String text);

    /**
     * Cuts an object into its members without looking into them.
     *
     * @param text a JSON object
     * @return the members as they came, in their order
     */
    Map<String, Json> members(String text);

    /**
     * Cuts an array into its elements without looking into them.
     *
     * @param text a JSON array
     * @return the elements as they came
     */
    List<Json> elements(String text);

    /**
     * Reads as much of a JSON object as has arrived: what is open is closed, what is half written is left out.
     *
     * @param fragment the beginning of a JSON object, possibly empty, possibly not JSON at all
     * @return an object; <code>{}</code> if nothing can be read
     */
    Json completeObject(String fragment);

    /**
     * A value for comparison: equal for texts that mean the same.
     *
     * @param text JSON
     * @return maps, lists, strings, booleans, {@code null} and numbers in one normal form
     */
    @Nullable Object meaning(String text);
}
