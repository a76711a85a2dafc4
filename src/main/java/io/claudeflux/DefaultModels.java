package io.claudeflux;

import io.claudeflux.Errand.Endpoint;
import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.catalog.ModelLifecycle;
import io.claudeflux.catalog.ModelQuery;
import io.claudeflux.error.ConfigurationException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Models by way of {@link JsonCalls}. */
final class DefaultModels implements Models {
    private final JsonCalls json;
    private final CallOptions options;
    private final LearntModels learnt;

    DefaultModels(JsonCalls json, CallOptions options, LearntModels learnt) {
        this.json = json;
        this.options = options;
        this.learnt = learnt;
    }

    @Override
    public Flux<ModelInfo> list(ModelQuery query) {
        Objects.requireNonNull(query, "query");
        return Pages.of(cursor -> page(query, cursor));
    }

    private Mono<Pages.Page<ModelInfo>> page(ModelQuery query, @Nullable String cursor) {
        return json.ask(
                        Errand.of(Endpoint.MODELS, ""),
                        options,
                        call -> json.get(Endpoint.MODELS, Endpoint.MODELS.path() + query(query, cursor)),
                        answer -> Pages.Page.byLastId(answer, ModelInfo.class))
                .doOnNext(page -> page.data().forEach(model -> learnt.learn(model.id(), model)));
    }

    /** Brackets as the official clients write them. */
    private static String query(ModelQuery query, @Nullable String cursor) {
        StringBuilder all = new StringBuilder("?limit=").append(query.pageSize());
        for (ModelLifecycle lifecycle : query.lifecycles()) {
            all.append("&lifecycle%5B%5D=").append(encoded(lifecycle.value()));
        }
        if (cursor != null) {
            all.append("&after_id=").append(encoded(cursor));
        }
        return all.toString();
    }

    @Override
    public Mono<ModelInfo> retrieve(String idOrAlias) {
        String target = Endpoint.MODELS.path() + "/" + segment(idOrAlias);
        return json.ask(
                        Errand.of(Endpoint.MODEL, idOrAlias),
                        options,
                        call -> json.get(Endpoint.MODEL, target),
                        answer -> answer.as(ModelInfo.class))
                .doOnNext(model -> {
                    learnt.learn(idOrAlias, model);
                    learnt.learn(model.id(), model);
                });
    }

    /**
     * One segment of a path, whatever is in it. Dots alone stay as they are in any encoding, and would lead elsewhere.
     */
    private static String segment(String id) {
        if (Objects.requireNonNull(id, "idOrAlias").isBlank() || id.equals(".") || id.equals("..")) {
            throw new ConfigurationException("idOrAlias", "idOrAlias must name a model", null);
        }
        return encoded(id);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public Models with(CallOptions differences) {
        return new DefaultModels(json, options.and(differences), learnt);
    }
}
