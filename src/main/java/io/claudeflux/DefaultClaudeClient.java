package io.claudeflux;

import io.claudeflux.config.Limits;
import io.claudeflux.internal.http.HttpBody;
import io.claudeflux.internal.http.HttpExchange;
import io.claudeflux.internal.http.HttpSettings;
import io.claudeflux.internal.json.EventReader;
import io.claudeflux.internal.protocol.ApiErrors;
import io.claudeflux.internal.protocol.MessageGrammar;
import io.claudeflux.internal.protocol.Progress;
import io.claudeflux.internal.protocol.StreamFaults;
import io.claudeflux.internal.sse.DrainPolicy;
import io.claudeflux.internal.sse.SseLimits;
import io.claudeflux.message.JsonBinding;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Puts the parts together; knows all packages so that none of them has to know another. */
final class DefaultClaudeClient implements ClaudeClient {
    private final HttpExchange http;
    private final Messages messages;

    DefaultClaudeClient(DefaultClaudeClientBuilder settings) {
        // Found once, here, on the caller's thread: looking for services reads files, which an event loop must not.
        JsonBinding.installed();
        Limits limits = settings.limits();
        Scheduler timer = Schedulers.parallel();
        ApiErrors errors = new ApiErrors(Clock.systemUTC());
        this.http = new HttpExchange(new HttpSettings(
                settings.baseUrl(),
                limits,
                settings.connectTimeout(),
                settings.maxConcurrentRequests(),
                settings.maxQueuedRequests(),
                Duration.ofSeconds(30),
                errors::ofResponse,
                timer));
        MessageCalls calls = new MessageCalls(
                settings.credential(), settings.apiVersion(), settings.headers(), limits.maxRequestBytes());
        Function<HttpBody, MessageFrames> protocol = body -> new MessageFrames(
                new EventReader(body.head()),
                new StreamFaults(errors, body.head()),
                new MessageGrammar(settings.terminal()),
                new Progress(body.head(), limits.maxPartialChars()));
        this.messages = new DefaultMessages(
                calls,
                http,
                protocol,
                new DefaultMessages.Wire(
                        new SseLimits(limits.maxLineBytes(), limits.maxEventBytes()), DrainPolicy.on(timer)));
    }

    @Override
    public Messages messages() {
        return messages;
    }

    @Override
    public Mono<Void> closeGracefully(Duration grace) {
        return http.close(grace);
    }

    @Override
    public void close() {
        http.closeNow();
    }
}
