package io.claudeflux.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.core.publisher.Hooks;

/** Fails a test in which any of Reactor's hooks for dropped signals was called. */
final class DroppedSignals implements BeforeEachCallback, AfterEachCallback {

    private final List<String> dropped = new CopyOnWriteArrayList<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        dropped.clear();
        Hooks.onErrorDropped(e -> dropped.add("error " + e));
        Hooks.onNextDropped(item -> dropped.add("item " + item));
        Hooks.onOperatorError((e, item) -> {
            dropped.add("operator error " + e);
            return e;
        });
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Hooks.resetOnErrorDropped();
        Hooks.resetOnNextDropped();
        Hooks.resetOnOperatorError();
        assertThat(dropped).isEmpty();
    }
}
