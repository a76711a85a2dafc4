package io.claudeflux;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who hear of a call, one after another; none can break it or keep the others from hearing. */
final class Hearing implements CallListener {
    private static final Logger LOG = LoggerFactory.getLogger(ClaudeClient.class);

    private final List<CallListener> listeners;

    Hearing(List<CallListener> listeners) {
        this.listeners = new ArrayList<>(listeners);
    }

    /** Those who hear of one call. */
    @Override
    public Hearing onCall(Start start) {
        Hearing own = new Hearing(listeners);
        for (int i = 0; i < listeners.size(); i++) {
            int at = i;
            one(listeners.get(i), listener -> own.listeners.set(at, Objects.requireNonNull(listener.onCall(start))));
        }
        return own;
    }

    @Override
    public void onWarning(Warning warning) {
        each(listener -> listener.onWarning(warning));
    }

    @Override
    public void onAttempt(Attempt attempt) {
        each(listener -> listener.onAttempt(attempt));
    }

    @Override
    public void onSend(Attempt attempt, BiConsumer<String, String> headers) {
        each(listener -> listener.onSend(attempt, headers));
    }

    @Override
    public void onFirstEvent(FirstEvent first) {
        each(listener -> listener.onFirstEvent(first));
    }

    @Override
    public void onRetry(Retry retry) {
        each(listener -> listener.onRetry(retry));
    }

    @Override
    public void onTerminal(End end) {
        each(listener -> listener.onTerminal(end));
    }

    private void each(Consumer<CallListener> call) {
        for (CallListener listener : listeners) {
            one(listener, call);
        }
    }

    private static void one(CallListener listener, Consumer<CallListener> call) {
        try {
            call.accept(listener);
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (Throwable broken) {
            LOG.warn("a CallListener threw; the call goes on", broken);
        }
    }
}
