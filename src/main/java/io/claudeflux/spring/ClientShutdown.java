package io.claudeflux.spring;

import io.claudeflux.ClaudeClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets the calls of all clients of the application end in their own time when it stops: behind the web server, which
 * has let its requests end by then, and behind the task executors, and ahead of the event loops.
 *
 * <p>Nobody else would subscribe: Spring hands in what is to be run at the end, and waits for that, 30 s for all of one
 * phase unless {@code spring.lifecycle.timeout-per-shutdown-phase} says otherwise.
 */
final class ClientShutdown implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ClientShutdown.class);

    private final ConfigurableApplicationContext context;
    private final Duration grace;
    private volatile boolean running;

    ClientShutdown(ConfigurableApplicationContext context, Duration grace) {
        this.context = context;
        this.grace = grace;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Nothing waits: the clients are closed when they are destroyed. */
    @Override
    public void stop() {
        running = false;
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        // One that is stopped or paused may be started again, and a client that was closed could not.
        Flux<ClaudeClient> clients = context.isClosed() ? Flux.fromStream(this::clients) : Flux.empty();
        clients.flatMap(this::close).doFinally(end -> callback.run()).subscribe();
    }

    private Mono<Void> close(ClaudeClient client) {
        return client.closeGracefully(grace).onErrorResume(failure -> {
            LOG.warn("a client could not be closed gracefully: {}", failure.toString());
            return Mono.empty();
        });
    }

    /** Those that were made: a lazy one is not made for its end. */
    private Stream<ClaudeClient> clients() {
        return Arrays.stream(context.getBeanNamesForType(ClaudeClient.class, false, false))
                .filter(context.getBeanFactory()::containsSingleton)
                .map(name -> context.getBean(name, ClaudeClient.class));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return ExecutorConfigurationSupport.DEFAULT_PHASE - 1024;
    }
}
