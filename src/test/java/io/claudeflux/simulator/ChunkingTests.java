package io.claudeflux.simulator;

import static io.claudeflux.simulator.Reply.reply;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ChunkingTests {

    private static final Reply ANSWER = reply("héllo €豆腐😀 and more of it");

    private final ClaudeSimulator claude = ClaudeSimulator.start();
    private final Calls calls = new Calls(claude);

    @AfterEach
    void stop() {
        claude.close();
    }

    private List<byte[]> chunks(Reply reply) {
        claude.enqueue(reply);
        return Objects.requireNonNull(calls.chunks().collectList().block(Duration.ofSeconds(10)));
    }

    private static String joined(List<byte[]> chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks.forEach(all::writeBytes);
        return all.toString(StandardCharsets.UTF_8);
    }

    @Test
    void oneEventIsOneChunk() {
        assertThat(chunks(ANSWER))
                .allSatisfy(chunk -> assertThat(new String(chunk, StandardCharsets.UTF_8))
                        .startsWith("event: ")
                        .endsWith("}\n\n"));
    }

    @Test
    void oneByteIsOneChunk() {
        List<byte[]> chunks = chunks(ANSWER.oneByteChunks());

        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk).hasSize(1));
        assertThat(Calls.text(joined(chunks))).isEqualTo("héllo €豆腐😀 and more of it");
    }

    @Test
    void chunksOfSoManyBytesCrossEvents() {
        List<byte[]> chunks = chunks(ANSWER.chunkBytes(1000));

        assertThat(chunks.subList(0, chunks.size() - 1))
                .isNotEmpty()
                .allSatisfy(chunk -> assertThat(chunk).hasSize(1000));
        assertThat(Calls.text(joined(chunks))).isEqualTo("héllo €豆腐😀 and more of it");
    }

    @Test
    void eventsAreGrouped() {
        List<byte[]> chunks = chunks(ANSWER.eventsPerChunk(3));

        assertThat(chunks.subList(0, chunks.size() - 1))
                .isNotEmpty()
                .allSatisfy(chunk -> assertThat(Calls.names(new String(chunk, StandardCharsets.UTF_8)))
                        .hasSize(3));
        assertThat(Calls.names(joined(chunks))).endsWith("message_stop");
    }

    @Test
    void theSimulatorsOwnChunkingIsTheDefault() {
        try (ClaudeSimulator torn = ClaudeSimulator.builder().chunkBytes(2).start()) {
            torn.enqueue(ANSWER);

            assertThat(new Calls(torn).chunks().collectList().block(Duration.ofSeconds(10)))
                    .allSatisfy(chunk -> assertThat(chunk).hasSizeLessThanOrEqualTo(2));
        }
    }
}
