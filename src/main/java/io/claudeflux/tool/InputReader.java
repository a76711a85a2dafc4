package io.claudeflux.tool;

import io.claudeflux.message.Json;
import java.util.function.Function;

/** Reads what the model wrote into what a tool takes. */
final class InputReader {
    private InputReader() {}

    /** Into a class; a misfit is told to the model by its place, without the value and without the class's name. */
    static <I> Function<Json, I> into(Class<I> type) {
        return input -> {
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
        return new ToolException(
                "The input does not fit the schema of this tool, so it was not run" + where + ".", misfit);
    }
}
