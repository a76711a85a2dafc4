package io.claudeflux;

import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.catalog.ModelQuery;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code GET /v1/models}: which models there are, and what they can do.
 *
 * <pre>{@code
 * Mono<ModelInfo> newest = claude.models().list().next();
 * Mono<Long> longest = claude.models().retrieve("claude-sonnet-5-5").mapNotNull(ModelInfo::maxTokens);
 * }</pre>
 *
 * <p>Every result is cold, and costs nothing but requests. Each request takes a permit and its place in the queue like
 * any call, is tried again after a failure that passes, also where {@code retryAmbiguous} is off, and is neither paced
 * nor counted against the limits of messages. All clocks hold for each request by itself. A cancel closes its
 * connection, in any phase and without blocking. Signals come on the threads that {@link Messages} names, and errors
 * are its errors.
 *
 * <p>What is learnt here is remembered by the client for an hour, the newest 256 names of models at most, and used to
 * look at requests before they are sent: see {@link ClaudeClient.Builder#preflight}. Nothing is ever fetched for that
 * alone.
 */
public interface Models {
    /**
     * All models that are served, deprecated ones included, the newest first.
     *
     * @return as {@link #list(ModelQuery)} with {@link ModelQuery#served()}
     */
    default Flux<ModelInfo> list() {
        return list(ModelQuery.served());
    }

    /**
     * Lists models. The next page is asked for when an element of it is, and never ahead of that.
     *
     * @param query which ones, and how many with one request
     * @return the models in the server's order; fails with a {@link io.claudeflux.error.ClaudeException}, among them a
     *     {@link io.claudeflux.error.StreamException} of the reason {@code repeated_page} when the server leads in a
     *     circle. Models handed down before an error stay handed down
     */
    Flux<ModelInfo> list(ModelQuery query);

    /**
     * Looks up one model.
     *
     * @param idOrAlias its id, or another name that the server knows it by
     * @return the model, whose {@code id()} is what an alias stands for; fails with a
     *     {@link io.claudeflux.error.NotFoundException} if there is none
     * @throws io.claudeflux.error.ConfigurationException if the name is blank or cannot stand in a path
     */
    Mono<ModelInfo> retrieve(String idOrAlias);

    /**
     * The same endpoint with other options for its calls; models to fall back to and preflight mean nothing here.
     *
     * @param options what is different; the rest stays as it is here
     * @return a view of the same client
     */
    Models with(CallOptions options);
}
