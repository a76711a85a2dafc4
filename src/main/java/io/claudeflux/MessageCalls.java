package io.claudeflux;

import io.claudeflux.config.ApiVersion;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.Finding;
import io.claudeflux.internal.auth.Credential;
import io.claudeflux.internal.auth.Proof;
import io.claudeflux.internal.http.HeaderRules;
import io.claudeflux.internal.http.HttpCall;
import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.message.MessageRequest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes a request ready to be sent: its body, its headers, and the refusal of what must not be sent. */
final class MessageCalls {
    static final String PATH = "/v1/messages";

    private static final String BETA = "anthropic-beta";
    /** The name that the official clients have given it, so that gateways need to know only one. */
    private static final String RETRY_COUNT = "x-stainless-retry-count";

    static final String USER_AGENT = "claude-flux/" + version();

    /** Headers that decide how the message is framed on the wire; a wrong one could smuggle a second request. */
    private static final Set<String> RESERVED = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "expect",
            "content-encoding",
            "accept-encoding",
            "content-type",
            "accept");

    private final Credential credential;
    private final ApiVersion version;
    private final Headers common;
    private final Checks checks;

    MessageCalls(Credential credential, ApiVersion version, Headers common, Checks checks) {
        this.credential = credential;
        this.version = version;
        HeaderRules.token("anthropic-version", version.value());
        this.common = common;
        this.checks = checks;
    }

    /** What every request of a client carries. */
    record Headers(Map<String, String> headers, List<String> betas) {
        Headers {
            headers = checked(headers);
            betas = List.copyOf(betas);
            betas.forEach(beta -> HeaderRules.token(BETA, beta));
        }

        /** Without the values, any of which may be a secret. */
        @Override
        public String toString() {
            return "Headers[" + headers.keySet() + ", betas=" + betas + "]";
        }
    }

    /** The request as bytes; what cannot be right is refused here. */
    Mono<Prepared> prepare(MessageRequest request, Checks.Order order) {
        return Mono.fromSupplier(() -> {
            Map<String, String> headers = headers(request);
            byte[] body = checks.body(request, headers, order);
            return new Prepared(headers, body, RequestSize.of(request, body.length), credential);
        });
    }

    /** What preflight finds. */
    List<Finding> check(MessageRequest request) {
        return checks.all(request, headers(request));
    }

    /** A request ready to be sent, once or several times. */
    static final class Prepared {
        private final Map<String, String> headers;
        private final byte[] body;
        private final Estimate estimate;
        private final Credential credential;

        private Prepared(Map<String, String> headers, byte[] body, Estimate estimate, Credential credential) {
            this.headers = headers;
            this.body = body;
            this.estimate = estimate;
            this.credential = credential;
        }

        /** How large it is, for whoever paces. */
        Estimate estimate() {
            return estimate;
        }

        /** One attempt, with the key of its moment, and saying how many there were before. */
        Mono<Ready> at(int before, HttpCall.Terms terms) {
            // Whoever says in a header who asks is not asked again.
            Mono<Proof> shown = Identity.isProven(headers) ? Mono.fromSupplier(Proof::none) : credential.proof();
            return shown.map(proof -> {
                Map<String, String> all = new LinkedHashMap<>(headers);
                proof.headers().forEach(all::putIfAbsent);
                if (!proof.betas().isEmpty()) {
                    Set<String> betas = named(all.get(BETA));
                    betas.addAll(proof.betas());
                    all.put(BETA, String.join(",", betas));
                }
                all.putIfAbsent(RETRY_COUNT, Integer.toString(before));
                HttpCall post = new HttpCall(PATH, all, body, before == 0 ? terms : terms.ofRetry());
                return new Ready(post, () -> credential.reject(proof));
            });
        }
    }

    /**
     * An attempt with what it shows.
     *
     * @param post the request
     * @param renewal to be asked when that was refused: gives it up, and says whether something else can be shown
     */
    record Ready(HttpCall post, BooleanSupplier renewal) {}

    private Map<String, String> headers(MessageRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("accept", "text/event-stream");
        headers.put("accept-encoding", "identity");
        headers.put("user-agent", USER_AGENT);
        headers.put("anthropic-version", version.value());
        headers.putAll(common.headers());
        headers.putAll(checked(request.headers()));
        String betas = betas(request, headers.get(BETA));
        if (!betas.isEmpty()) {
            headers.put(BETA, HeaderRules.value(BETA, betas));
        }
        return headers;
    }

    /** Joined by commas without blanks, each once, as the API wants them. */
    private String betas(MessageRequest request, @Nullable String header) {
        Set<String> betas = named(header);
        betas.addAll(common.betas());
        request.betas().forEach(beta -> betas.add(HeaderRules.token(BETA, beta)));
        return String.join(",", betas);
    }

    private static Set<String> named(@Nullable String header) {
        return new LinkedHashSet<>(header == null ? List.of() : List.of(header.split("\\s*,\\s*", -1)));
    }

    static Map<String, String> checked(Map<String, String> headers) {
        Map<String, String> checked = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String lower = HeaderRules.name(name).toLowerCase(Locale.ROOT);
            if (RESERVED.contains(lower)) {
                throw new ConfigurationException(
                        "header", "header " + lower + " is set by the client and cannot be changed", null);
            }
            checked.put(lower, HeaderRules.value(lower, value));
        });
        return checked;
    }

    private static String version() {
        String version = MessageCalls.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
