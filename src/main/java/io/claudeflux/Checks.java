package io.claudeflux;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.FailureContext;
import io.claudeflux.error.Finding;
import io.claudeflux.error.PreflightException;
import io.claudeflux.error.StreamException;
import io.claudeflux.error.StreamException.Fault;
import io.claudeflux.error.StreamException.Kind;
import io.claudeflux.internal.json.RequestWriter;
import io.claudeflux.internal.preflight.Preflight;
import io.claudeflux.message.MessageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client looks at before it sends a request: preflight, and the size of the body. Logs each warning once. */
final class Checks {
    private static final Logger LOG = LoggerFactory.getLogger(ClaudeClient.class);
    /** Applications repeat themselves; one that does not must not fill the heap or the log. */
    private static final int MAX_LOGGED = 256;

    private final int maxBodyBytes;
    private final LearntModels learnt;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    Checks(int maxBodyBytes, LearntModels learnt) {
        this.maxBodyBytes = maxBodyBytes;
        this.learnt = learnt;
    }

    /**
     * Which checks a call wants.
     *
     * @param isPreflight whether the request is looked at
     * @param warned hears of what may go wrong
     */
    record Order(boolean isPreflight, Consumer<Finding> warned) {}

    /** The body, if nothing is known that would make the API refuse it. */
    byte[] body(MessageRequest request, Map<String, String> headers, Order order) {
        List<Finding> findings = order.isPreflight() ? Preflight.check(request, terms(request, headers)) : List.of();
        return body(request, RequestWriter::streaming, findings, order);
    }

    /** The body of a call that counts, under the rules that hold for what it holds. */
    byte[] counted(MessageRequest request, Map<String, String> headers, Order order) {
        List<Finding> findings =
                order.isPreflight() ? Preflight.checkCount(request, terms(request, headers)) : List.of();
        return body(request, RequestWriter::counting, findings, order);
    }

    private byte[] body(
            MessageRequest request, Function<MessageRequest, byte[]> writer, List<Finding> findings, Order order) {
        if (findings.stream().anyMatch(Finding::isRefusal)) {
            throw new PreflightException(withBody(request, writer, findings));
        }
        byte[] body = written(request, writer);
        if (body.length > maxBodyBytes) {
            throw tooLarge(body.length);
        }
        findings.forEach(this::log);
        findings.forEach(order.warned());
        return body;
    }

    private static byte[] written(MessageRequest request, Function<MessageRequest, byte[]> writer) {
        try {
            return writer.apply(request);
        } catch (IllegalArgumentException unwritable) {
            throw new ConfigurationException("request", String.valueOf(unwritable.getMessage()), null);
        }
    }

    /** All that is found, the body included. */
    List<Finding> all(MessageRequest request, Map<String, String> headers) {
        return withBody(request, RequestWriter::streaming, Preflight.check(request, terms(request, headers)));
    }

    private List<Finding> withBody(
            MessageRequest request, Function<MessageRequest, byte[]> writer, List<Finding> findings) {
        List<Finding> all = new ArrayList<>(findings);
        try {
            int bytes = writer.apply(request).length;
            if (bytes > maxBodyBytes) {
                all.add(Preflight.tooLarge(bytes, maxBodyBytes));
            }
        } catch (IllegalArgumentException unwritable) {
            all.add(Preflight.unwritable(String.valueOf(unwritable.getMessage())));
        }
        return List.copyOf(all);
    }

    private StreamException tooLarge(int bytes) {
        return new StreamException(
                Fault.of(Kind.LIMIT, "request_body"),
                "the request has " + bytes + " bytes and the API takes " + maxBodyBytes
                        + "; upload large files first, or send less of the conversation",
                null,
                FailureContext.local());
    }

    private Preflight.Terms terms(MessageRequest request, Map<String, String> headers) {
        String betas = headers.getOrDefault("anthropic-beta", "");
        return new Preflight.Terms(
                headers.getOrDefault("anthropic-version", ""),
                Set.copyOf(List.of(betas.split(",", -1))),
                learnt.of(request.model()));
    }

    private void log(Finding warning) {
        if (logged.size() < MAX_LOGGED && logged.add(warning.rule() + warning.problem())) {
            LOG.warn("preflight: {} (source: {}; told once)", warning, warning.source());
        }
    }
}
