package io.claudeflux.speed.client;

/** The names of the clients; {@code flux:no-clocks} is this client with its clocks switched off. */
final class ClientName {
    private static final String FLUX = "flux";

    private ClientName() {}

    static StreamClient make(String name, String baseUrl, int streams) {
        return switch (name) {
            case "floor" -> new FloorClient(baseUrl, streams);
            case "pull", "bare" -> new PullClient(baseUrl, streams);
            case "webclient" -> new WebFluxClient(baseUrl, streams);
            case "jdk" -> new JdkClient(baseUrl);
            case "sdk" -> new SdkClient(baseUrl);
            case "langchain4j" -> new LangChain4jClient(baseUrl);
            default -> new FluxClient(baseUrl, streams, change(name));
        };
    }

    private static String change(String name) {
        if (name.equals(FLUX)) {
            return "";
        }
        if (!name.startsWith(FLUX + ":")) {
            throw new IllegalArgumentException("No such client: " + name);
        }
        return name.substring(FLUX.length() + 1);
    }
}
