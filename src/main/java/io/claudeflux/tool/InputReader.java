package io.claudeflux.tool;

import io.claudeflux.message.Json;
import io.claudeflux.schema.JsonSchema;
import java.util.function.Function;

/** Reads what the model wrote into what a tool takes. */
final class InputReader {
    static final String UNFIT = "The input does not fit the schema of this tool, so it was not run";

    private InputReader() {}

    /**
     * Into a class; a misfit is told to the model by its place, without the value and without the class's name. What is
     * missing would be null in a record, where neither its author nor the schema expects one.
     */
    static <I> Function<Json, I> into(Class<I> type, JsonSchema schema) {
        return input -> {
            schema.missing(input).ifPresent(place -> {
                throw new ToolException(UNFIT + ": " + place + " is missing.");
            });
            try {
                return input.as(type);
            } catch (IllegalArgumentException misfit) {
                throw unfit(misfit, type, "");
            }
        };
    }

    /** @param place ahead of what the misfit says about its own */
    static ToolException unfit(IllegalArgumentException misfit, Class<?> type, String place) {
        String message = String.valueOf(misfit.getMessage());
        int at = message.lastIndexOf(" at ");
        String path =
                place + (at < 0 || !message.contains(type.getName()) ? "" : message.substring(at + " at ".length()));
        String where = path.isEmpty() ? "" : ": look at " + (path.startsWith(".") ? path.substring(1) : path);
        return new ToolException(UNFIT + where + ".", misfit);
    }
}
