package io.claudeflux.simulator;

import io.claudeflux.message.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/**
 * Which answer a request gets: refusals of {@link Validation} and {@link Quotas} first, then the script. Knows the API
 * but nothing of the network.
 */
final class Endpoints {

    private static final String ORGANIZATION = "5ca1ab1e-0000-4000-8000-c1a0de5141ed";

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private final Settings settings;
    private final Validation validation;
    private final Quotas quotas;
    private final Function<SimulatedRequest, Reply> script;

    Endpoints(Settings settings, Function<SimulatedRequest, Reply> script) {
        this.settings = settings;
        this.validation = new Validation(settings.apiKey());
        this.quotas = new Quotas(settings.limits(), System::nanoTime);
        this.script = script;
    }

    /** The answer; the random numbers are this request's own. */
    Answer answer(SimulatedRequest request, SplittableRandom random) {
        try {
            return render(reply(request), request, random);
        } catch (Rejection refused) {
            return refuse(refused.error(), request);
        }
    }

    Answer refuse(ErrorEnvelope error, SimulatedRequest request) {
        return failure(Reply.error(error), request, error);
    }

    private Reply reply(SimulatedRequest request) {
        String path = request.path();
        if (path.equals("/v1/messages")) {
            expect("POST", request);
            return messages(request);
        }
        if (path.equals("/v1/messages/count_tokens")) {
            expect("POST", request);
            return countTokens(request);
        }
        if (path.equals("/v1/models") || path.startsWith("/v1/models/")) {
            expect("GET", request);
            return json(
                    path.equals("/v1/models") ? ModelPage.of(request.query()) : ModelCatalog.byId(path.substring(11)));
        }
        throw new Rejection(ErrorEnvelope.of(404));
    }

    private void expect(String method, SimulatedRequest request) {
        if (!request.method().equals(method)) {
            throw new Rejection(ErrorEnvelope.of(405).withMessage("Method Not Allowed"));
        }
        if (settings.isValidating()) {
            validation.checkHeaders(request);
        }
    }

    private Reply messages(SimulatedRequest request) {
        if (settings.isValidating()) {
            validation.checkMessage(request);
        }
        Optional<Quota.Refusal> refusal = quota(request).admit(request.estimatedInputTokens());
        if (refusal.isPresent()) {
            return limited(refusal.get());
        }
        try {
            return script.apply(request);
        } catch (RuntimeException broken) {
            return Reply.error(500, "The simulator's answer function failed: " + broken);
        }
    }

    private static Reply limited(Quota.Refusal refusal) {
        Reply limited = refusal.isRamp()
                ? Reply.error(429, "Usage grows faster than your organization's acceleration limit allows.")
                        .code("ramp_limit_exceeded")
                : Reply.error(429);
        return limited.retryAfter(refusal.delay());
    }

    private Quota quota(SimulatedRequest request) {
        return quotas.of(request.model());
    }

    private Reply countTokens(SimulatedRequest request) {
        if (settings.isValidating()) {
            validation.checkCount(request);
        }
        return json(Json.of(Fields.of("input_tokens", request.estimatedInputTokens())));
    }

    private static Reply json(Json json) {
        return Reply.body(200, "application/json", json.text());
    }

    private Answer render(Reply reply, SimulatedRequest request, SplittableRandom random) {
        Content content = reply.content();
        if (content instanceof Content.Nothing nothing) {
            return new Answer(
                    null,
                    reply.delivery().initialDelay(),
                    Flux.just(new Step.Stop(nothing.ending())),
                    Duration.ZERO,
                    request.isStream(),
                    tokens -> {});
        }
        if (content instanceof Content.Raw raw) {
            String[] events = raw.sse().split("(?<=\n\n|\r\n\r\n|\r\r)");
            return stream(reply, request, Flux.fromArray(events).map(Piece::free));
        }
        if (content instanceof Content.Live live) {
            return stream(reply, request, Flux.from(live.events()).map(Piece::free));
        }
        if (content instanceof Content.Failure failure) {
            return failure(reply, request, failure.error());
        }
        if (content instanceof Content.Answer answer) {
            return message(reply, request, AnswerMessage.of(answer, request, new Ids(random.split())));
        }
        return body(reply, request, (Content.Body) content, 0);
    }

    private Answer message(Reply reply, SimulatedRequest request, AnswerMessage message) {
        if (request.isStream()) {
            return stream(reply, request, AnswerStream.of(message, settings.seed()));
        }
        Optional<ErrorEnvelope> error = reply.inStreamError();
        if (error.isPresent()) {
            return failure(reply.withoutFaults(), request, error.get());
        }
        String text = message.json().text();
        return body(reply, request, new Content.Body(200, "application/json", text), message.outputTokens());
    }

    private Answer stream(Reply reply, SimulatedRequest request, Flux<Piece> events) {
        Delivery delivery = reply.delivery().orElse(settings.pace(), settings.chunking());
        Map<String, String> headers = headers(reply, request, "text/event-stream; charset=utf-8");
        headers.putIfAbsent("cache-control", "no-cache");
        return new Answer(
                new Answer.Head(200, headers),
                delivery.initialDelay(),
                new Script(delivery, request.requestId()).steps(events),
                delivery.pings().everySilent(),
                true,
                quota(request)::produced);
    }

    private Answer failure(Reply reply, SimulatedRequest request, ErrorEnvelope error) {
        String text = error.body(request.requestId());
        return body(reply, request, new Content.Body(error.status(), "application/json", text), 0);
    }

    private Answer body(Reply reply, SimulatedRequest request, Content.Body body, int tokens) {
        int length = body.text().getBytes(StandardCharsets.UTF_8).length;
        Delivery delivery =
                reply.delivery().orElse(Duration.ZERO, settings.chunking()).forOneBody(length);
        Map<String, String> headers = headers(reply, request, body.contentType());
        headers.put("content-length", String.valueOf(length));
        return new Answer(
                new Answer.Head(body.status(), headers),
                delivery.initialDelay(),
                new Script(delivery, request.requestId()).steps(Flux.just(new Piece(body.text(), tokens))),
                Duration.ZERO,
                false,
                quota(request)::produced);
    }

    private Map<String, String> headers(Reply reply, SimulatedRequest request, String contentType) {
        Instant now = Instant.now();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("date", HTTP_DATE.format(now.atOffset(ZoneOffset.UTC)));
        headers.put("content-type", contentType);
        headers.put("request-id", request.requestId());
        headers.put("anthropic-organization-id", ORGANIZATION);
        if (settings.hasRateLimitHeaders()) {
            headers.putAll(quota(request).headers(now));
        }
        headers.putAll(reply.headers());
        return headers;
    }
}
