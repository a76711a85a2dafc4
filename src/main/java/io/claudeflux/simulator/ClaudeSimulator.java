package io.claudeflux.simulator;

import io.claudeflux.simulator.Delivery.Chunking;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Claude API on a loopback port of this JVM.
 *
 * <p>Point any client at {@link #baseUrl()}. Without a script it answers every message request with a short text that
 * refers to the prompt, streamed in deltas about a word long, with usage, ids and headers that look like the API's.
 * With a script it does what a test needs:
 *
 * <pre>{@code
 * try (ClaudeSimulator claude = ClaudeSimulator.start()) {
 *     claude.enqueue(error(529), reply("Hello!"));
 *
 *     String text = new MyService(claude.baseUrl()).ask("Hi"); // the code under test, which should survive the 529
 *
 *     assertThat(text).isEqualTo("Hello!");
 *     assertThat(claude.requests()).hasSize(2);
 *     assertThat(claude.requests().get(0).prompt()).isEqualTo("Hi");
 * }
 * }</pre>
 *
 * <h2>Which answer a request gets</h2>
 *
 * <ol>
 *   <li>A request that the API would refuse is refused as the API does it: no key (401), no or an unknown
 *       {@code anthropic-version}, bad JSON, missing fields (400), a body over 32 MB (413), an unknown path (404).
 *       {@link Builder#validation validation(false)} turns the checks off.
 *   <li>A request over a limit of its model, set on the {@link Builder}, gets a 429 with {@code retry-after}.
 *   <li>{@code POST /v1/messages} gets the next enqueued reply; when none is left, what {@link #respondWith} says; else
 *       the made-up answer.
 *   <li>{@code POST /v1/messages/count_tokens}, {@code GET /v1/models} and {@code GET /v1/models/{id}} are answered
 *       plausibly.
 * </ol>
 *
 * <p>A reply is one JSON body instead of a stream when the request does not say {@code "stream": true}.
 *
 * <h2>Threads</h2>
 *
 * All methods may be called from any thread. The server runs on few daemon threads of its own, named
 * {@code claude-simulator}, and thousands of streams may be open at once. A stream is written as fast as its client
 * reads and no faster; when the client closes the connection the stream ends at once, which {@link #activeStreams()}
 * and {@link SimulatedRequest#outcome()} show. Answer functions run on these threads and must not block.
 */
public final class ClaudeSimulator implements AutoCloseable {

    private final Server server;
    private final Queue<Reply> enqueued = new ConcurrentLinkedQueue<>();
    private final Function<SimulatedRequest, Reply> madeUp;
    private final int keptRequests;
    private final Deque<SimulatedRequest> requests = new ArrayDeque<>();
    private volatile Function<SimulatedRequest, Reply> otherwise;

    private ClaudeSimulator(Settings settings, @Nullable Function<SimulatedRequest, Reply> answers) {
        this.madeUp = new DefaultAnswers(settings.seed());
        this.otherwise = answers == null ? madeUp : answers;
        this.keptRequests = settings.keptRequests();
        this.server = new Server(settings, new Endpoints(settings, this::nextReply), this::remember);
    }

    /**
     * Starts a simulator on any free loopback port, with the defaults of the {@link Builder}.
     *
     * @return a running simulator
     */
    public static ClaudeSimulator start() {
        return builder().start();
    }

    /**
     * Settings for a simulator; {@link Builder#start()} starts it.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Where it listens, without a trailing slash: {@code http://127.0.0.1:49152}.
     *
     * @return the base URL
     */
    public String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    /**
     * The port it listens on.
     *
     * @return the port
     */
    public int port() {
        return server.port();
    }

    /**
     * Adds replies for the next message requests, one for each, in this order.
     *
     * @param replies what to answer
     */
    public void enqueue(Reply... replies) {
        Collections.addAll(enqueued, replies);
    }

    /**
     * Answers message requests with this function whenever no reply is enqueued; it runs on an event loop and must not
     * block.
     *
     * @param answers makes the reply to a request; never returns null
     */
    public void respondWith(Function<SimulatedRequest, Reply> answers) {
        otherwise = Objects.requireNonNull(answers, "answers");
    }

    /**
     * The requests received so far, in the order in which their bodies were complete; refused ones and those for other
     * endpoints included. A snapshot; only the newest 10,000 are kept unless the {@link Builder} says otherwise.
     *
     * @return the requests
     */
    public List<SimulatedRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /**
     * How many replies wait for a request.
     *
     * @return their number
     */
    public int enqueuedReplies() {
        return enqueued.size();
    }

    /**
     * How many streams are being answered right now, stalled ones included.
     *
     * @return their number
     */
    public int activeStreams() {
        return server.counts().activeStreams();
    }

    /**
     * The most streams that were being answered at the same time so far.
     *
     * @return their number
     */
    public int peakActiveStreams() {
        return server.counts().peakActiveStreams();
    }

    /**
     * How many requests were answered with this HTTP status so far, those no longer in {@link #requests()} included:
     * {@code answersWithStatus(429)} says how often a limit was hit.
     *
     * @param status the HTTP status
     * @return their number
     */
    public int answersWithStatus(int status) {
        return server.counts().answersWithStatus(status);
    }

    /**
     * Forgets requests, enqueued replies, the function and what was counted, so that one simulator can serve many
     * tests. Open streams go on, and quotas stay used.
     */
    public void reset() {
        enqueued.clear();
        server.counts().reset();
        otherwise = madeUp;
        synchronized (requests) {
            requests.clear();
        }
    }

    /** Stops at once: open connections are cut, the port is free, and no thread is left. Closing again does nothing. */
    @Override
    public void close() {
        server.close();
    }

    /** Where it listens. */
    @Override
    public String toString() {
        return "ClaudeSimulator(" + baseUrl() + ")";
    }

    private Reply nextReply(SimulatedRequest request) {
        Reply next = enqueued.poll();
        return next == null ? otherwise.apply(request) : next;
    }

    private void remember(SimulatedRequest request) {
        synchronized (requests) {
            if (requests.size() == keptRequests) {
                requests.removeFirst();
            }
            requests.addLast(request);
        }
    }

    /**
     * Settings for a {@link ClaudeSimulator}. Defaults: any port, no pace, one event per HTTP chunk, seed 1, any key,
     * validation on, rate-limit headers on, no limits.
     *
     * <p>Mutable and not for several threads; may start any number of simulators.
     */
    public static final class Builder extends SimulatedLimits {

        private int port;
        private Duration pace = Duration.ZERO;
        private Chunking chunking = Chunking.ONE_EVENT;
        private long seed = 1;
        private @Nullable String apiKey;
        private boolean isValidating = true;
        private int keptRequests = 10_000;
        private Consumer<SimulatedRequest> answered = request -> {};
        private @Nullable Function<SimulatedRequest, Reply> answers;

        private Builder() {}

        @Override
        Builder builder() {
            return this;
        }

        /**
         * Listens on this loopback port; 0, the default, takes any free one.
         *
         * @param newPort the port
         * @return the port
         */
        public Builder port(int newPort) {
            port = newPort;
            return this;
        }

        /**
         * Waits this long before every delta, unless a reply drips at its own pace. A real model needs 10 to 50 ms.
         *
         * @param newPace time before each delta
         * @return this builder
         */
        public Builder pace(Duration newPace) {
            pace = Objects.requireNonNull(newPace, "pace");
            return this;
        }

        /**
         * Sends this many events in one HTTP chunk, unless a reply says otherwise.
         *
         * @param events how many events
         * @return this builder
         */
        public Builder eventsPerChunk(int events) {
            chunking = Chunking.ofEvents(events);
            return this;
        }

        /**
         * Sends HTTP chunks of this many bytes, unless a reply says otherwise; 1 tears every character apart.
         *
         * @param bytes how many bytes
         * @return this builder
         */
        public Builder chunkBytes(int bytes) {
            chunking = Chunking.ofBytes(bytes);
            return this;
        }

        /**
         * What ids, deltas and made-up answers follow from: one seed and the same requests give the same bytes, times
         * apart.
         *
         * @param newSeed any number
         * @return this builder
         */
        public Builder seed(long newSeed) {
            seed = newSeed;
            return this;
        }

        /**
         * Lets in only this key, as {@code x-api-key} or as bearer token.
         *
         * @param key the key
         * @return this builder
         */
        public Builder apiKey(String key) {
            apiKey = Objects.requireNonNull(key, "apiKey");
            return this;
        }

        /**
         * Whether requests are checked before they are answered; without, anything that reaches {@code /v1/messages} is
         * served.
         *
         * @param isOn whether to check
         * @return this builder
         */
        public Builder validation(boolean isOn) {
            isValidating = isOn;
            return this;
        }

        /**
         * Remembers only so many of the newest requests; 10,000 unless changed.
         *
         * @param newest how many
         * @return this builder
         */
        public Builder keepRequests(int newest) {
            keptRequests = Delivery.atLeastOne("keepRequests", newest);
            return this;
        }

        /**
         * Is told of every request whose answer has ended, in whichever way: for a log. By then it has a
         * {@link SimulatedRequest#status() status} and an {@link SimulatedRequest#outcome() outcome}.
         *
         * @param listener runs on an event loop and must not block
         * @return this builder
         */
        public Builder onAnswered(Consumer<SimulatedRequest> listener) {
            answered = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Answers like {@link ClaudeSimulator#respondWith}, from the first request on.
         *
         * @param newAnswers makes the reply to a request; never returns null
         * @return this builder
         */
        public Builder respondWith(Function<SimulatedRequest, Reply> newAnswers) {
            answers = Objects.requireNonNull(newAnswers, "answers");
            return this;
        }

        /**
         * Starts a simulator; it is ready for requests when this returns.
         *
         * @return a running simulator
         * @throws java.io.UncheckedIOException when the port is taken
         */
        public ClaudeSimulator start() {
            Settings settings = new Settings(
                    port, pace, chunking, seed, apiKey, isValidating, hasHeaders(), plan(), keptRequests, answered);
            return new ClaudeSimulator(settings, answers);
        }
    }
}
