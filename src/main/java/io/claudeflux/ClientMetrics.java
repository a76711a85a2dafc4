package io.claudeflux;

import java.time.Duration;
import java.util.List;

/**
 * How things stand in a client at one moment, for a gauge or a health check. Counts are since the client was built.
 *
 * @param permits how many requests are under way
 * @param queue how many wait, and how waiting went so far
 * @param models the same by model, for those that are in use; endpoints other than that for messages stand beside them
 *     under their method and path
 * @param calls what became of the calls so far, of all endpoints
 */
public record ClientMetrics(Permits permits, Queue queue, List<Model> models, Calls calls) {
    /**
     * Copies the list.
     *
     * @throws NullPointerException if it is null
     */
    public ClientMetrics {
        models = List.copyOf(models);
    }

    /**
     * How many requests are under way.
     *
     * @param limit how many may be, now; below {@code max} only with {@link ClaudeClient.Builder#adaptiveConcurrency}
     * @param max how many may ever be
     * @param inUse how many are; may exceed a limit that was just cut
     */
    public record Permits(int limit, int max, int inUse) {}

    /**
     * The calls that wait for their turn. Waits between attempts are not among them.
     *
     * @param waiting how many wait now
     * @param granted how many attempts were let out, waiting or not
     * @param waited how long all of those waited together
     * @param longestWait how long one of them waited at most
     * @param refusedFull how many were refused with {@code QUEUE_FULL}
     * @param refusedLate how many were refused with {@code QUEUE_TIMEOUT}
     */
    public record Queue(
            int waiting, long granted, Duration waited, Duration longestWait, long refusedFull, long refusedLate) {}

    /**
     * One model.
     *
     * @param name its id, without a date at its end; {@code " (fast)"} behind it for fast answers, which have limits of
     *     their own
     * @param inFlight how many of its requests are under way
     * @param waiting how many of its calls wait for their turn
     * @param closedFor how much longer all of them are kept back after a 429; zero if they are not
     * @param buckets what is left of its limits; empty without {@link ClaudeClient.Builder#pacing}
     */
    public record Model(String name, int inFlight, int waiting, Duration closedFor, List<Bucket> buckets) {
        /**
         * Copies the list.
         *
         * @throws NullPointerException if it is null
         */
        public Model {
            buckets = List.copyOf(buckets);
        }
    }

    /**
     * What is left of one limit.
     *
     * @param family {@code requests}, {@code input-tokens} or {@code output-tokens}
     * @param perMinute the limit; 0 if none is known
     * @param available how much may be used now; negative if too much was
     */
    public record Bucket(String family, long perMinute, long available) {}

    /**
     * What became of the calls.
     *
     * @param attempts how many attempts were begun
     * @param retries how many of these because an earlier one had failed
     * @param completed how many calls completed
     * @param failed how many failed
     * @param cancelled how many were cancelled
     */
    public record Calls(long attempts, long retries, long completed, long failed, long cancelled) {}
}
