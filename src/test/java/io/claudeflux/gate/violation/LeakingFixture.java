package io.claudeflux.gate.violation;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.Test;

/** A test class that passes every test and forgets a buffer. */
public final class LeakingFixture {
    @Test
    void forgetsABuffer() {
        ByteBuf forgotten = PooledByteBufAllocator.DEFAULT.buffer(64).writeInt(1);
        // Netty reports a leak once for each distinct record.
        forgotten.touch("forgotten at " + System.nanoTime());
        assertThat(forgotten.readableBytes()).isEqualTo(4);
    }
}
