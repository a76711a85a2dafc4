package io.claudeflux.simulator;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;

/**
 * Events plus {@link Delivery} make the steps of an answer: pings are put in, faults struck, deltas paced, bytes
 * grouped.
 *
 * <p>Steps are made as they are asked for. Nothing is waited for here; {@link Exchange} does that.
 */
final class Script {

    static final String PING = Fields.event("ping");

    private final Delivery delivery;
    private final String requestId;

    Script(Delivery delivery, String requestId) {
        this.delivery = delivery;
        this.requestId = requestId;
    }

    /** The steps of one answer; pace and chunking of the delivery must be settled. */
    Flux<Step> steps(Flux<Piece> events) {
        return Flux.concat(withPings(events).map(Optional::of), Flux.just(Optional.<Piece>empty()))
                .index()
                .concatMapIterable(at -> around(at.getT1(), at.getT2()), 1)
                .transform(this::withFaultsAmongBytes)
                .takeUntil(Step.Stop.class::isInstance)
                .transform(this::inChunks);
    }

    private Flux<Piece> withPings(Flux<Piece> events) {
        Delivery.Pings pings = delivery.pings();
        if (pings.everyEvents() == 0) {
            return events;
        }
        return events.index()
                .concatMapIterable(
                        at -> pings.isBefore(at.getT1()) ? List.of(Piece.free(PING), at.getT2()) : List.of(at.getT2()),
                        1);
    }

    /** An event behind the faults that strike before it; no event marks the end of the answer. */
    private List<Step> around(long position, Optional<Piece> event) {
        List<Step> steps = new ArrayList<>(strike(fault -> fault.isAt(Fault.Unit.EVENTS, position)));
        if (event.isEmpty()) {
            steps.addAll(strike(fault -> fault.unit() == Fault.Unit.END));
            return steps;
        }
        Duration pace = delivery.pace() == null ? Duration.ZERO : delivery.pace();
        if (!pace.isZero() && AnswerStream.isDelta(event.get().text())) {
            steps.add(new Step.Pace(pace));
        }
        if (event.get().tokens() > 0) {
            steps.add(new Step.Produce(event.get().tokens()));
        }
        steps.add(Step.send(event.get().text()));
        return steps;
    }

    private List<Step> strike(Predicate<Fault> here) {
        List<Step> steps = new ArrayList<>();
        boolean hasFailed = false;
        for (Fault fault : delivery.faults()) {
            if (here.test(fault)) {
                steps.addAll(fault.steps(requestId));
                hasFailed |= fault.what() instanceof Fault.InStreamError;
            }
        }
        if (hasFailed) {
            steps.add(new Step.Stop(Step.Ending.CLEAN));
        }
        return steps;
    }

    private Flux<Step> withFaultsAmongBytes(Flux<Step> steps) {
        long[] places = delivery.faults().stream()
                .filter(fault -> fault.unit() == Fault.Unit.BYTES)
                .mapToLong(Fault::after)
                .distinct()
                .sorted()
                .toArray();
        if (places.length == 0) {
            return steps;
        }
        return Flux.defer(() -> {
            ByteCount count = new ByteCount(places);
            return steps.concatMapIterable(count::split, 1);
        });
    }

    private Flux<Step> inChunks(Flux<Step> steps) {
        Delivery.Chunking chunking = delivery.chunking();
        if (chunking == null || chunking.equals(Delivery.Chunking.ONE_EVENT)) {
            return steps;
        }
        return Flux.defer(() -> {
            Chunker chunker = new Chunker(chunking);
            return Flux.concat(
                    steps.concatMapIterable(chunker::feed, 1), Flux.defer(() -> Flux.fromIterable(chunker.flush())));
        });
    }

    /** Where in the body we are; confined to one subscription. */
    private final class ByteCount {

        private final long[] places;
        private int next;
        private long sent;

        ByteCount(long[] places) {
            this.places = places;
        }

        List<Step> split(Step step) {
            if (!(step instanceof Step.Send send)) {
                return List.of(step);
            }
            List<Step> parts = new ArrayList<>();
            ByteBuffer bytes = send.bytes();
            while (next < places.length && places[next] <= sent + bytes.remaining()) {
                int length = (int) (places[next] - sent);
                long place = places[next++];
                if (length > 0) {
                    parts.add(new Step.Send(bytes.slice(bytes.position(), length)));
                }
                bytes = bytes.slice(bytes.position() + length, bytes.remaining() - length);
                sent = place;
                parts.addAll(strike(fault -> fault.isAt(Fault.Unit.BYTES, place)));
            }
            sent += bytes.remaining();
            if (bytes.hasRemaining()) {
                parts.add(new Step.Send(bytes));
            }
            return parts;
        }
    }
}
