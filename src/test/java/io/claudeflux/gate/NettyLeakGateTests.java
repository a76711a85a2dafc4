package io.claudeflux.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.gate.violation.LeakingFixture;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class NettyLeakGateTests {
    @Test
    void aForgottenBufferFailsTheClassThatForgotIt() {
        assertThat(FixtureRun.failuresOf(LeakingFixture.class))
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("1 Netty leak(s) seen after LeakingFixture")
                .contains("ByteBuf was not released")
                .contains("LeakingFixture.forgetsABuffer");
    }

    @Test
    void aReleasedBufferIsNoLeak() throws InterruptedException {
        ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.buffer(16);
        ByteBuf copy = Unpooled.copiedBuffer(buffer.writeInt(1));
        copy.release();
        buffer.release();

        assertThat(NettyLeaks.drain()).isEmpty();
    }
}
