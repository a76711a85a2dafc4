package io.claudeflux.peers;

/** The clients that are compared, in the order of the columns in {@code .github/COMPARISON.md}. */
enum Peer {
    CLAUDE_FLUX,
    OFFICIAL_SDK,
    SPRING_AI,
    WEB_CLIENT;

    PeerClient open(PeerSettings settings) {
        return switch (this) {
            case CLAUDE_FLUX -> new ClaudeFluxPeer(settings);
            case OFFICIAL_SDK -> new OfficialSdkPeer(settings);
            case SPRING_AI -> SpringAiLoader.open(settings);
            case WEB_CLIENT -> new WebClientPeer(settings);
        };
    }
}
