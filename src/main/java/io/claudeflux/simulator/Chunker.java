package io.claudeflux.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Regroups the bytes of an answer: so many events, or so many bytes, become one {@link Step.Send}. Waits and endings
 * keep their place; a real silence and the end first let out what was held back. Confined to one subscription.
 */
final class Chunker {

    private final Delivery.Chunking chunking;
    private final List<ByteBuffer> held = new ArrayList<>();
    private int heldBytes;

    Chunker(Delivery.Chunking chunking) {
        this.chunking = chunking;
    }

    List<Step> feed(Step step) {
        if (step instanceof Step.Send send) {
            held.add(send.bytes());
            heldBytes += send.bytes().remaining();
            return chunking.bytes() > 0 ? fullChunks() : fullGroup();
        }
        if (step instanceof Step.Pace || step instanceof Step.Produce) {
            return List.of(step);
        }
        List<Step> steps = new ArrayList<>(flush());
        steps.add(step);
        return steps;
    }

    /** What is held back, as one last chunk. */
    List<Step> flush() {
        return heldBytes == 0 ? List.of() : List.of(new Step.Send(joined()));
    }

    private List<Step> fullGroup() {
        return held.size() < chunking.events() ? List.of() : flush();
    }

    private List<Step> fullChunks() {
        int size = chunking.bytes();
        if (heldBytes < size) {
            return List.of();
        }
        ByteBuffer all = joined();
        List<Step> chunks = new ArrayList<>();
        for (; all.remaining() >= size; all.position(all.position() + size)) {
            chunks.add(new Step.Send(all.slice(all.position(), size)));
        }
        if (all.hasRemaining()) {
            held.add(all);
            heldBytes = all.remaining();
        }
        return chunks;
    }

    private ByteBuffer joined() {
        ByteBuffer all = ByteBuffer.allocate(heldBytes);
        held.forEach(bytes -> all.put(bytes.duplicate()));
        held.clear();
        heldBytes = 0;
        return all.flip();
    }
}
