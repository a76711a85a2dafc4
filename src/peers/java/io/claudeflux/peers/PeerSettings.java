package io.claudeflux.peers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What every client is told alike; all else is its own default.
 *
 * @param baseUrl where the scripted server listens
 * @param apiKey the key
 * @param readTimeout the client's nearest setting to "silent for so long is too long", or none for its default
 */
public record PeerSettings(
        String baseUrl, String apiKey, @Nullable Duration readTimeout) {
    /** The model that every client asks. */
    public static final String MODEL = "claude-sonnet-5-5";

    /** What every client asks; no log line holds it by chance. */
    public static final String PROMPT = "Of-Ptarmigan-Plumage";

    static PeerSettings of(String baseUrl) {
        return new PeerSettings(baseUrl, "test", null);
    }

    PeerSettings withReadTimeout(Duration limit) {
        return new PeerSettings(baseUrl, apiKey, limit);
    }

    PeerSettings withApiKey(String key) {
        return new PeerSettings(baseUrl, key, readTimeout);
    }
}
