package io.claudeflux.gate;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every test class during which a log line, at any level, held a piece of a key, of a prompt or of an answer.
 *
 * <p>Registered for all of them through {@code META-INF/services}. A line written by something that outlives its class
 * fails a later one.
 */
public final class TraceLogGate implements AfterAllCallback {
    /** Called by JUnit. */
    public TraceLogGate() {}

    @Override
    public void afterAll(ExtensionContext context) {
        if (!context.getEnclosingTestClasses().isEmpty()) {
            return;
        }
        List<String> betrayals = TraceLog.drain();
        if (!betrayals.isEmpty()) {
            throw new AssertionError(betrayals.size() + " log line(s) that tell a secret seen after "
                    + context.getDisplayName() + ":\n" + String.join("\n", betrayals));
        }
    }
}
