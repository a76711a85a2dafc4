package io.claudeflux.gate.violation.arch.mcp;

import org.springframework.beans.factory.DisposableBean;

/** The library of another integration, which an application with this one may lack. */
final class SpeaksOfBeans {
    private SpeaksOfBeans() {}

    static Class<?> type() {
        return DisposableBean.class;
    }
}
