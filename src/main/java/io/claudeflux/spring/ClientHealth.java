package io.claudeflux.spring;

import io.claudeflux.ClaudeClient;
import io.claudeflux.ClientMetrics;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the clients of an application can say of their health without asking the API, which would cost. */
final class ClientHealth {
    private ClientHealth() {}

    /** Flat for one client, by the names of the beans for several. */
    static Map<String, Object> details(Map<String, ClaudeClient> clients) {
        if (clients.size() == 1) {
            return details(clients.values().iterator().next().metrics());
        }
        Map<String, Object> details = new LinkedHashMap<>();
        clients.forEach((name, client) -> details.put(name, details(client.metrics())));
        return details;
    }

    private static Map<String, Object> details(ClientMetrics metrics) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("permitsInUse", metrics.permits().inUse());
        details.put("permitsLimit", metrics.permits().limit());
        details.put("waiting", metrics.queue().waiting());
        details.put("refusedQueueFull", metrics.queue().refusedFull());
        details.put("refusedQueueTimeout", metrics.queue().refusedLate());
        details.put("completed", metrics.calls().completed());
        details.put("failed", metrics.calls().failed());
        details.put("cancelled", metrics.calls().cancelled());
        details.put("retries", metrics.calls().retries());
        Map<String, String> keptBack = new LinkedHashMap<>();
        metrics.models().stream()
                .filter(model -> !model.closedFor().isZero())
                .forEach(model -> keptBack.put(model.name(), model.closedFor().toSeconds() + " s"));
        details.put("modelsKeptBack", keptBack);
        return details;
    }
}
