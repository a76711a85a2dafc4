package io.claudeflux.stream;

/** What a {@link ContentBlockDelta} adds to its block. */
public sealed interface Delta
        permits TextDelta,
                InputJsonDelta,
                ThinkingDelta,
                SignatureDelta,
                CitationsDelta,
                CompactionDelta,
                UnknownDelta {
    /**
     * The delta's name on the wire, such as {@code text_delta}.
     *
     * @return the {@code type} of the delta
     */
    String type();
}
