package io.claudeflux.gate;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails every test class that leaves a Netty resource unreleased.
 *
 * <p>Registered for all of them through {@code META-INF/services}. A leak shows only after a garbage collection, so the
 * class that fails may be a later one than the class that leaked: the report says where the buffer was last touched.
 */
public final class NettyLeakGate implements AfterAllCallback {
    /** Called by JUnit. */
    public NettyLeakGate() {}

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (!context.getEnclosingTestClasses().isEmpty()) {
            return;
        }
        List<String> leaks = NettyLeaks.drain();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " Netty leak(s) seen after " + context.getDisplayName() + ":\n"
                    + String.join("\n", leaks));
        }
    }
}
