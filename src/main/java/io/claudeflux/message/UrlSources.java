package io.claudeflux.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the addresses may come from that a fetch of a page is given.
 *
 * @param userInput what users said
 * @param clientToolResults what tools of the application answered
 * @param serverToolResults what tools of the server answered
 * @param extra the fields this version does not know, as one JSON object
 */
public record UrlSources(
        @Nullable Source userInput,
        @Nullable Source clientToolResults,
        @Nullable Source serverToolResults,
        Json extra) {
    /**
     * Takes any sources.
     *
     * @throws NullPointerException if {@code extra} is null
     */
    public UrlSources {
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * Which part of one kind of source counts.
     *
     * @param type {@code all}, {@code none}, {@code only} or {@code except}; an open set
     * @param tools the names of the tools that {@code only} or {@code except} speaks of
     * @param extra the fields this version does not know, as one JSON object
     */
    public record Source(String type, List<String> tools, Json extra) {
        /**
         * Copies the list.
         *
         * @throws NullPointerException if an argument is null
         */
        public Source {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(extra, "extra");
            tools = List.copyOf(tools);
        }

        /**
         * All of it.
         *
         * @return {@code all}
         */
        public static Source all() {
            return new Source("all", List.of(), Json.emptyObject());
        }

        /**
         * Nothing of it.
         *
         * @return {@code none}
         */
        public static Source none() {
            return new Source("none", List.of(), Json.emptyObject());
        }

        /**
         * Only what these tools answered.
         *
         * @param tools the names of the tools
         * @return {@code only}
         */
        public static Source only(String... tools) {
            return new Source("only", List.of(tools), Json.emptyObject());
        }

        /**
         * All but what these tools answered.
         *
         * @param tools the names of the tools
         * @return {@code except}
         */
        public static Source except(String... tools) {
            return new Source("except", List.of(tools), Json.emptyObject());
        }

        @Override
        public String toString() {
            return "Source[" + type + ", " + tools.size() + " tools]";
        }
    }
}
