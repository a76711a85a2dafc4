package io.claudeflux.gate.violation.arch.mcp;

import io.modelcontextprotocol.client.McpAsyncClient;
import org.springframework.beans.factory.DisposableBean;

/** The library of another integration, which an application with this one may lack. */
public final class SpeaksOfBeans {
    private SpeaksOfBeans() {}

    public static DisposableBean bean() {
        return () -> {};
    }

    public static McpAsyncClient ofItsOwn(McpAsyncClient client) {
        return client;
    }
}
