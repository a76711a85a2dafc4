package io.claudeflux.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.netty.Connection;

/** When a connection must not be handed out again. */
class ConnectionLifeTests {
    private static final Duration LONG = Duration.ofHours(1);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Connection connection = Connection.from(channel);

    @Test
    void aNewConnectionIsGood() {
        ConnectionLife.begin(channel, LONG);
        assertThat(ConnectionLife.isOver(connection)).isFalse();
    }

    @Test
    void anOldOneIsNot() {
        ConnectionLife.begin(channel, Duration.ZERO);
        assertThat(ConnectionLife.isOver(connection)).isTrue();
    }

    @Test
    void aClosedOneIsNot() {
        ConnectionLife.begin(channel, LONG);
        assertThat(channel.close().isDone()).isTrue();
        assertThat(ConnectionLife.isOver(connection)).isTrue();
    }

    @Test
    void eachHasALimitOfItsOwnAFifthMoreOrLess() {
        long[] limits = IntStream.range(0, 1_000)
                .mapToLong(
                        i -> ConnectionLife.begin(new EmbeddedChannel(), LONG).limitNanos())
                .sorted()
                .toArray();
        assertThat(Duration.ofNanos(limits[0])).isBetween(Duration.ofMinutes(48), Duration.ofMinutes(50));
        assertThat(Duration.ofNanos(limits[999])).isBetween(Duration.ofMinutes(70), Duration.ofMinutes(72));
    }

    @Test
    void oneThatIsAboutToBeClosedIsNotHandedOutEvenIfItsResponseEndsFirst() {
        ConnectionLife life = ConnectionLife.begin(channel, LONG);
        life.doom(life.use());
        assertThat(ConnectionLife.isOver(connection)).isTrue();
    }

    @Test
    void aCancelThatComesBehindItsResponseDoesNotCostTheNextUserTheConnection() {
        ConnectionLife life = ConnectionLife.begin(channel, LONG);
        int first = life.use();
        int second = life.use();
        life.doom(first);
        assertThat(ConnectionLife.isOver(connection)).isFalse();
        life.doom(second);
        assertThat(ConnectionLife.isOver(connection)).isTrue();
    }

    @Test
    void whatIsHeardCountsForTheLastRequest() {
        ConnectionLife life = ConnectionLife.begin(channel, LONG);
        channel.pipeline().addLast(Objects.requireNonNull(ConnectionLife.of(channel)));
        life.use();
        assertThat(life.hasHeard()).isFalse();
        channel.writeInbound("H");
        assertThat(life.hasHeard()).isTrue();
        life.use();
        assertThat(life.hasHeard()).isFalse();
    }
}
