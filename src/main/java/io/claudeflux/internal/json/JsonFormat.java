package io.claudeflux.internal.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/** The parser and its bounds. Immutable; applications' own settings never reach it. */
final class JsonFormat {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(16 << 20)
                    .maxNumberLength(100)
                    .maxNameLength(1024)
                    .build())
            // Parsers live on a few event-loop threads and never leave them while they are open.
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private JsonFormat() {}

    static JsonParser parser(String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }
}
