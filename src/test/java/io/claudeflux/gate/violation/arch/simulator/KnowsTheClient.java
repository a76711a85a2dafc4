package io.claudeflux.gate.violation.arch.simulator;

import io.claudeflux.gate.violation.arch.Client;

/** A server has no business with its client. */
final class KnowsTheClient {
    private KnowsTheClient() {}

    static boolean isNull(Client client) {
        return client == null;
    }
}
