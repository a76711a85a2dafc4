package io.claudeflux;

import io.claudeflux.config.ApiVersion;
import io.claudeflux.config.Federation;
import io.claudeflux.config.Limits;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.config.Terminal;
import io.claudeflux.config.Timeouts;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.limit.Pacing;
import io.claudeflux.limit.RateLimiter;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.tool.ClientTool;
import io.claudeflux.tool.ToolRunner;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * A client of the Claude API. Thread-safe, meant to be shared, and cheap to hold: it owns connections, no threads.
 *
 * <pre>{@code
 * try (ClaudeClient claude = ClaudeClient.create()) {
 *     claude.messages().streamText(request).doOnNext(System.out::print).blockLast();
 * }
 * }</pre>
 *
 * <p>What becomes of calls is logged under the name of this interface, as {@code name=value} and without what was asked
 * or answered: a line at DEBUG for each call at its end, at WARN if it failed, and one at DEBUG for each retry. Reactor
 * Netty warns by itself, with a stack trace, of each connection that was lost ahead of an answer, also where nobody
 * notices because the call is tried again: {@code reactor.netty.http.client.HttpClientConnect} at ERROR keeps that out.
 */
public interface ClaudeClient extends AutoCloseable {
    /**
     * A client configured by the environment. Who asks is the first of these that is set: {@code ANTHROPIC_API_KEY},
     * {@code ANTHROPIC_AUTH_TOKEN}, {@code ANTHROPIC_PROFILE}, identity federation by
     * {@code ANTHROPIC_FEDERATION_RULE_ID}, {@code ANTHROPIC_ORGANIZATION_ID} and {@code ANTHROPIC_IDENTITY_TOKEN_FILE}
     * or {@code ANTHROPIC_IDENTITY_TOKEN}, the profile in use. {@code ANTHROPIC_BASE_URL} says where the API is, and
     * {@code ANTHROPIC_CUSTOM_HEADERS} what else every request carries: one header a line, {@code Name: value}.
     *
     * @return a new client
     * @throws ConfigurationException if there is no key, or a value cannot be right; the message says which
     */
    static ClaudeClient create() {
        return builder().build();
    }

    /**
     * A builder whose unset values come from the environment or are defaults.
     *
     * @return a new builder
     */
    static Builder builder() {
        return new DefaultClaudeClientBuilder();
    }

    /**
     * Messages: the conversation with the model.
     *
     * @return the {@code /v1/messages} endpoint
     */
    Messages messages();

    /**
     * Conversations in which the model calls tools that this JVM runs; short for {@code messages().tools(tools)}.
     *
     * @param tools what the model may call
     * @return the loop over requests and tools, with its defaults
     * @throws ConfigurationException if two tools have one name
     */
    default ToolRunner tools(ClientTool... tools) {
        return messages().tools(tools);
    }

    /**
     * As {@link #tools(ClientTool...)}, for the tools of {@link ClientTool#methodsOf}.
     *
     * @param tools what the model may call
     * @return the loop over requests and tools, with its defaults
     * @throws ConfigurationException if two tools have one name
     */
    default ToolRunner tools(Collection<ClientTool> tools) {
        return messages().tools(tools);
    }

    /**
     * Models: which there are, and what they can do.
     *
     * @return the {@code /v1/models} endpoint
     * @throws UnsupportedOperationException if this is another implementation, which has none
     */
    default Models models() {
        throw new UnsupportedOperationException(getClass().getName() + " lists no models");
    }

    /**
     * How things stand now: permits, queue, limits, attempts.
     *
     * @return a snapshot; cheap enough for a gauge
     */
    ClientMetrics metrics();

    /**
     * Lets nothing new out, waits for the calls that are under way, then closes the connections.
     *
     * @param grace the longest wait; calls still under way then end in an
     *     {@link io.claudeflux.error.AdmissionException} with reason {@code CLOSED}
     * @return cold; closing begins with the subscription; completes when the connections are closed; harmless when
     *     repeated
     */
    Mono<Void> closeGracefully(Duration grace);

    /**
     * Closes the connections at once and returns without waiting. Calls under way end in an
     * {@link io.claudeflux.error.AdmissionException} with reason {@code CLOSED}.
     */
    @Override
    void close();

    /**
     * Collects the settings of a client. Mutable, for use by one thread.
     *
     * <p>What is not set comes from the environment where a variable is named, else it is the default. Who asks is said
     * by at most one of {@link #apiKey}, {@link #authToken}, {@link #profile} and {@link #federation}, else by the
     * environment as in {@link ClaudeClient#create}; a header {@code authorization} or {@code x-api-key}, of the
     * application or in {@code ANTHROPIC_CUSTOM_HEADERS}, comes before all of these, and nothing else is asked for
     * then.
     */
    interface Builder extends ConnectionSettings<Builder> {
        /**
         * Sets the API key, sent as {@code x-api-key}. Else {@code ANTHROPIC_API_KEY}.
         *
         * @param key 1 to 512 visible ASCII characters
         * @return this builder
         * @throws ConfigurationException if it cannot be a key; the message names the index, never the key
         */
        Builder apiKey(String key);

        /**
         * Sets where the API key comes from, for keys that change.
         *
         * @param key called once for each attempt, on a thread that may block and never on an event loop; a failure, an
         *     empty result or a wait over 10 s ends the call in a {@link ConfigurationException}
         * @return this builder
         */
        Builder apiKey(Supplier<Mono<String>> key);

        /**
         * Sets an auth token, sent as {@code Authorization: Bearer}. Else {@code ANTHROPIC_AUTH_TOKEN}, where there is
         * no API key.
         *
         * @param token 1 to 8,192 visible ASCII characters
         * @return this builder
         * @throws ConfigurationException if it cannot be a token; the message names the index, never the token
         */
        Builder authToken(String token);

        /**
         * Sets where the auth token comes from, for tokens that change.
         *
         * @param token called once for each attempt, under the rules of {@link #apiKey(Supplier)}
         * @return this builder
         */
        Builder authToken(Supplier<Mono<String>> token);

        /**
         * Sets the profile to log in with: a file {@code configs/<name>.json} below {@code ANTHROPIC_CONFIG_DIR}, else
         * {@code ~/.config/anthropic}, or {@code %APPDATA%\Anthropic} on Windows. Else {@code ANTHROPIC_PROFILE}.
         *
         * <p>Its access tokens are fetched when they are needed: once for all calls that wait, five minutes ahead of
         * their end while calls go on with the one that is there, and once more for a call that was refused with 401.
         * Those of a person's login are written back to their file, which other programs use too. The profile's
         * {@code base_url} counts unless {@link #baseUrl} or {@code ANTHROPIC_BASE_URL} is set.
         *
         * @param name letters, digits, dots, dashes and underscores, no dot first; its file is read by {@link #build},
         *     on the calling thread
         * @return this builder
         */
        Builder profile(String name);

        /**
         * Sets identity federation: access tokens in exchange for what an identity provider says about the workload,
         * fetched as those of a {@link #profile}.
         *
         * @param federation who trades, and where what it trades comes from
         * @return this builder
         * @throws ConfigurationException if an id cannot be one
         */
        Builder federation(Federation federation);

        /**
         * Sets where the API is. Else {@code ANTHROPIC_BASE_URL}, else what the profile in use says, else
         * {@code https://api.anthropic.com}.
         *
         * @param url may carry a path that goes ahead of {@code /v1/messages}, as gateways have; {@code http} only to
         *     this machine unless {@link #allowPlaintext} says otherwise
         * @return this builder
         */
        Builder baseUrl(String url);

        /**
         * Allows {@code http} to other machines. The key and everything said then travel readable for all in between.
         *
         * @param allow false by default
         * @return this builder
         */
        Builder allowPlaintext(boolean allow);

        /**
         * Sets the version of the API.
         *
         * @param version {@link ApiVersion#V2023_06_01} by default
         * @return this builder
         */
        Builder apiVersion(ApiVersion version);

        /**
         * Adds a header to every request. Comes before one of {@code ANTHROPIC_CUSTOM_HEADERS}, and after one of the
         * request itself.
         *
         * @param name an RFC 9110 token
         * @param value visible ASCII
         * @return this builder
         */
        Builder header(String name, String value);

        /**
         * Turns on beta features for every request.
         *
         * @param betas values for {@code anthropic-beta}
         * @return this builder
         */
        Builder beta(String... betas);

        /**
         * Sets what counts as the end of a stream.
         *
         * @param terminal {@link Terminal#STRICT} by default
         * @return this builder
         */
        Builder terminal(Terminal terminal);

        /**
         * Sets the most the client takes and sends.
         *
         * @param limits {@link Limits#defaults()} by default
         * @return this builder
         */
        Builder limits(Limits limits);

        /**
         * Sets how long each part of a call may take.
         *
         * @param timeouts {@link Timeouts#defaults()} by default
         * @return this builder
         */
        Builder timeouts(Timeouts timeouts);

        /**
         * Sets what is tried again, and when, while nothing was handed down.
         *
         * @param policy {@link RetryPolicy#defaults()} by default: two retries
         * @return this builder
         */
        Builder retry(RetryPolicy policy);

        /**
         * Sets the models to ask, in this order, when the request's own cannot be had: when it is overloaded, out of
         * quota, silent or gone, after its retries, and before anything was handed down. Each has retries of its own,
         * all within the one {@code maxTotalDelay} of the call. The answer's {@code model()} says who gave it; two
         * models are never mixed in one answer. None is asked where it would change nothing, as in a full queue or
         * where no connection can be made, or where {@code retryAmbiguous} is off and the work may have been done.
         *
         * @param models none by default
         * @return this builder
         */
        Builder fallbackModels(String... models);

        /**
         * Sets whether requests are looked at before they are sent. One that the API must refuse then ends in a
         * {@link io.claudeflux.error.PreflightException} with all that is wrong with it, and nothing is sent. What only
         * looks wrong, such as a model's id with a dot for a dash, is sent; it goes to the log, once for each in the
         * life of a client, and to {@link CallListener#onWarning}. The size of the body is checked in any case. What a
         * model can do is looked at once {@link ClaudeClient#models()} has told it, and never fetched for that.
         *
         * @param isOn true by default; false where a gateway takes more than the API does
         * @return this builder
         */
        Builder preflight(boolean isOn);

        /**
         * Adds someone who hears of every attempt, every retry, and how each call ended with what it consumed.
         *
         * @param listener must not block
         * @return this builder
         */
        Builder listener(CallListener listener);

        /**
         * Sets how many requests may be under way at once; each holds a connection, and none while it waits for another
         * attempt.
         *
         * @param max 256 by default
         * @return this builder
         */
        Builder maxConcurrentRequests(int max);

        /**
         * Lets the number of requests that may be under way follow what the API can take: after a 429, 503 or 529, as a
         * status or inside a stream, it is cut to seven tenths, at most once a second, and grows again by one when as
         * many have completed as it allows. It starts at {@link #maxConcurrentRequests}, and never exceeds that. Off
         * unless this is called.
         *
         * @param min it never falls below this; 1 or more
         * @return this builder
         */
        Builder adaptiveConcurrency(int min);

        /**
         * Sets whether a 429 that says how long to wait keeps back every request of its model, and not just the one it
         * answers, until that time has passed, 120 s at most; then they are let out little by little: in the first
         * second 4, or a quarter of what it was before, and twice as many each second. What waits is under its queue
         * clock.
         *
         * @param isOn true by default
         * @return this builder
         */
        Builder coolDown(boolean isOn);

        /**
         * Keeps the client within the API's rate limits, so that requests wait here instead of being sent away there.
         *
         * @param pacing such as {@link Pacing#learned()}; none by default
         * @return this builder
         */
        Builder pacing(Pacing pacing);

        /**
         * Sets a limiter of your own in place of {@link #pacing}, such as one that several clients share.
         *
         * @param limiter asked ahead of every attempt
         * @return this builder
         */
        Builder rateLimiter(RateLimiter limiter);

        /**
         * Sets how many requests may wait for their turn, each as long as {@link Timeouts#queue} says; one more fails
         * at once. Retries wait at the head of the queue, and always find a place. The others go by their
         * {@link MessageRequest#priority() priority}; those of the same go in the order in which they came, with
         * {@link MessageRequest#tenant() tenants} taking turns. In a full queue the last of a tenant that has more
         * waiting than another, or of a lower priority, gives up its place to that one, and fails.
         *
         * @param max 1,000 by default; 0 for none
         * @return this builder
         */
        Builder maxQueuedRequests(int max);

        /**
         * The client.
         *
         * @return a new client; nothing is opened or sent yet
         * @throws ConfigurationException if there is no key, or a value cannot be right; the message says which
         */
        ClaudeClient build();
    }
}
