package io.claudeflux.config;

/**
 * The endpoints of the API that take a body, and how large it may be. The limits are those of the API overview,
 * "request size limits", as of 2026-11-21; a larger body is refused there with 413 {@code request_too_large}.
 */
public enum Endpoint {
    /** {@code POST /v1/messages}: 32 MB. */
    MESSAGES(32_000_000),
    /** {@code POST /v1/messages/count_tokens}: 32 MB. */
    COUNT_TOKENS(32_000_000),
    /** {@code POST /v1/messages/batches}: 256 MB. */
    BATCHES(256_000_000),
    /** {@code POST /v1/files}: 500 MB. */
    FILES(500_000_000);

    /** As large as a body may be. */
    private final int maxBodyBytes;

    Endpoint(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * How large a body may be.
     *
     * @return the limit in bytes
     */
    public int maxBodyBytes() {
        return maxBodyBytes;
    }
}
