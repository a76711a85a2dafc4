package io.claudeflux.message;

import java.util.ServiceLoader;

/** Looks the binding up when JSON is first touched, once. */
final class InstalledJsonBinding {
    static final JsonBinding INSTANCE = ServiceLoader.load(JsonBinding.class, JsonBinding.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no " + JsonBinding.class.getName()
                    + " was found: keep META-INF/services of the claude-flux jar when repackaging it"));

    private InstalledJsonBinding() {}
}
