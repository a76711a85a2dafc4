package io.claudeflux.cli;

import io.claudeflux.ClaudeClient;
import io.claudeflux.error.CallFacts;
import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.MessageRequest;

/** Where requests would go. */
final class Address {
    private static final String NAME = "address";
    private static final String API = "https://api.anthropic.com";

    private Address() {}

    /** As the environment says, else as the profile in use does, else the API. */
    static String of(Patient patient, boolean isLoggedIn) {
        if (patient.baseUrl() != null) {
            return patient.baseUrl();
        }
        return patient.hasSecret() || !isLoggedIn ? API : ofProfile(patient);
    }

    /** A client does not say where it asks, but its failures do; this one comes before anything is sent. */
    private static String ofProfile(Patient patient) {
        try (ClaudeClient claude = patient.clients().get().build()) {
            claude.messages()
                    .create(MessageRequest.builder()
                            .model("none")
                            .maxTokens(-1)
                            .user("Hi")
                            .build())
                    .block();
        } catch (ClaudeException refused) {
            CallFacts facts = refused.context().facts();
            if (facts != null) {
                return facts.endpoint().replaceFirst("^POST ", "").replaceFirst("/v1/messages$", "");
            }
        }
        return API;
    }

    static Check check(String address, Shell shell) {
        try {
            shell.clients().get().apiKey("doctor").baseUrl(address).build().close();
        } catch (ConfigurationException wrong) {
            if (wrong.setting().equals("baseUrl")) {
                return Check.fail(NAME, "ANTHROPIC_BASE_URL: " + wrong.getMessage());
            }
        }
        return Check.ok(NAME, address);
    }
}
