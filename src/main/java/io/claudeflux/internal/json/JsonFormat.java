package io.claudeflux.internal.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The parser and the mapper, with their bounds. Both are immutable; applications' own settings never reach them. */
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

    static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .addModule(Vocabulary.module())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // A builder or a lambda handed over by mistake must not become {}.
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private JsonFormat() {}

    static JsonParser parser(String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }
}
