package io.claudeflux.schema;

import io.claudeflux.message.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value as far as it has been written. In the drafts of one answer members are only added and open ones only grow:
 * what is followed by something else never changes any more.
 *
 * @param <T> the type that the value will have
 */
public final class Draft<T> {
    private final Json json;
    private final StructuredOutput<T> output;
    private final @Nullable Structured<T> whole;

    Draft(Json json, StructuredOutput<T> output, @Nullable Structured<T> whole) {
        this.json = json;
        this.output = output;
        this.whole = whole;
    }

    /**
     * The value so far, as JSON: open strings, lists and objects are closed where they are, and what is only half
     * written, such as a number that may go on or a name without its value, is left out.
     *
     * @return an object, which lacks what has not come yet
     */
    public Json json() {
        return json;
    }

    /**
     * The value so far in its type, once every property that the schema requires has begun. Its last string or list may
     * still grow. Read anew at each call, for as long as the draft is not the last.
     *
     * @return the value; empty while something is missing
     */
    public Optional<T> value() {
        return whole != null ? Optional.of(whole.value()) : output.tryRead(json);
    }

    /**
     * Whether this is the last draft.
     *
     * @return true once the answer is whole
     */
    public boolean isComplete() {
        return whole != null;
    }

    /**
     * The final value with its message.
     *
     * @return both; empty before the last draft
     */
    public Optional<Structured<T>> result() {
        return Optional.ofNullable(whole);
    }

    /** Without the JSON, which is what the model says. */
    @Override
    public String toString() {
        return "Draft[" + json.text().length() + " chars" + (isComplete() ? ", complete" : "") + "]";
    }
}
