package io.claudeflux.simulator;

import io.claudeflux.simulator.Delivery.Chunking;
import io.claudeflux.simulator.Delivery.Pings;
import java.time.Duration;

/**
 * How a {@link Reply} travels: when, in which pieces, and what goes wrong on the way.
 *
 * <p>Every reply has these methods; there is no other kind. Faults are named first and placed second, as in
 * {@code cut().afterEvents(3)}; {@link Reply} says where they strike.
 */
public abstract sealed class ReplyDelivery permits Reply {

    ReplyDelivery() {}

    abstract Delivery delivery();

    abstract Reply with(Delivery newDelivery);

    Reply pings(Pings pings) {
        return with(delivery().withPings(pings));
    }

    /**
     * Waits before the response head: a model that takes its time before the first token.
     *
     * @param delay the time to wait
     * @return the changed reply
     */
    public Reply initialDelay(Duration delay) {
        return with(delivery().withInitialDelay(delay));
    }

    /**
     * Waits this long before every delta, instead of the simulator's own pace.
     *
     * @param pace time before each delta
     * @return the changed reply
     */
    public Reply drip(Duration pace) {
        return with(delivery().withPace(pace));
    }

    /**
     * Sends every byte as an HTTP chunk of its own.
     *
     * @return the changed reply
     */
    public Reply oneByteChunks() {
        return chunkBytes(1);
    }

    /**
     * Sends HTTP chunks of this many bytes, wherever events and characters end.
     *
     * @param bytes how many bytes
     * @return the changed reply
     */
    public Reply chunkBytes(int bytes) {
        return with(delivery().withChunking(Chunking.ofBytes(bytes)));
    }

    /**
     * Sends this many events in one HTTP chunk; one, unless the simulator was told otherwise.
     *
     * @param events how many events
     * @return the changed reply
     */
    public Reply eventsPerChunk(int events) {
        return with(delivery().withChunking(Chunking.ofEvents(events)));
    }

    /**
     * Sends a {@code ping} before the first event and then before every n-th.
     *
     * @param events how many events
     * @return the changed reply
     */
    public Reply pingEvery(int events) {
        return pings(new Pings(
                0, Delivery.atLeastOne("pingEvery", events), delivery().pings().everySilent()));
    }

    /**
     * Sends pings by the clock during {@link #stall}: alive, but without progress.
     *
     * @param interval time between two pings
     * @return the changed reply
     */
    public Reply pingEvery(Duration interval) {
        return pings(new Pings(delivery().pings().first(), delivery().pings().everyEvents(), interval));
    }

    /**
     * Fails behind the 200: an {@code error} event of this type, with the message the API uses for it, and the end of
     * the stream. To leave the connection open behind it, add {@link #stall()} at the same place.
     *
     * @param type the {@code error.type}
     * @return the changed reply
     */
    public Reply errorInStream(String type) {
        return with(delivery().withFault(new Fault.InStreamError(ErrorEnvelope.ofType(type))));
    }

    /**
     * Fails behind the 200 with this type and message.
     *
     * @param type the {@code error.type}
     * @param message the {@code error.message}
     * @return the changed reply
     */
    public Reply errorInStream(String type, String message) {
        return with(delivery()
                .withFault(new Fault.InStreamError(ErrorEnvelope.ofType(type).withMessage(message))));
    }

    /**
     * Closes the connection in the middle of the body.
     *
     * @return the changed reply
     */
    public Reply cut() {
        return stop(Step.Ending.CUT);
    }

    /**
     * Same as {@code cut().afterEvents(events)}.
     *
     * @param events how many events
     * @return the changed reply
     */
    public Reply cutAfterEvents(int events) {
        return cut().afterEvents(events);
    }

    /**
     * Resets the connection (TCP RST) in the middle of the body; the client may lose bytes that it has not read yet.
     *
     * @return the changed reply
     */
    public Reply reset() {
        return stop(Step.Ending.RESET);
    }

    /**
     * Ends the body early but properly, as a gateway that lost its upstream does: HTTP is fine, the answer is not.
     *
     * @return the changed reply
     */
    public Reply endEarly() {
        return stop(Step.Ending.CLEAN);
    }

    /**
     * Falls silent for ever; the connection stays open until the client gives up.
     *
     * @return the changed reply
     */
    public Reply stall() {
        return stop(Step.Ending.STALL);
    }

    /**
     * Falls silent for a while, then goes on.
     *
     * @param duration how long
     * @return the changed reply
     */
    public Reply stall(Duration duration) {
        return with(delivery().withFault(new Fault.Silence(duration)));
    }

    /**
     * Same as {@code stall().afterEvents(events)}.
     *
     * @param events how many events
     * @return the changed reply
     */
    public Reply stallAfterEvents(int events) {
        return stall().afterEvents(events);
    }

    /**
     * Moves the fault named last: it strikes when this many events are out.
     *
     * @param events how many events
     * @return the changed reply
     * @throws IllegalStateException when no fault was named yet
     */
    public Reply afterEvents(int events) {
        return with(delivery().withLastFaultAt(Fault.Unit.EVENTS, events));
    }

    /**
     * Moves the fault named last: it strikes when this many bytes of the body are out, in the middle of an event or
     * not.
     *
     * @param bytes how many bytes
     * @return the changed reply
     * @throws IllegalStateException when no fault was named yet
     */
    public Reply afterBytes(long bytes) {
        return with(delivery().withLastFaultAt(Fault.Unit.BYTES, bytes));
    }

    /**
     * Moves the fault named last: it strikes behind the last event.
     *
     * @return the changed reply
     * @throws IllegalStateException when no fault was named yet
     */
    public Reply atEnd() {
        return with(delivery().withLastFaultAt(Fault.Unit.END, 0));
    }

    private Reply stop(Step.Ending ending) {
        return with(delivery().withFault(new Fault.Stop(ending)));
    }
}
