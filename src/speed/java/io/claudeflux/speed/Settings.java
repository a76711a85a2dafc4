package io.claudeflux.speed;

import io.claudeflux.speed.answer.AnswerName;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The settings of each scenario. */
final class Settings {
    private static final int STREAMS = 64;
    private static final List<String> NETTY = List.of("floor", "pull", "flux");

    /** With 64 streams a chunk every 31 microseconds: what keeps up finds them one by one. */
    private static final int CHUNKS_PER_SECOND = 500;

    private static final List<String> OURS = List.of("floor", "flux");
    private static final List<String> ALL = List.of("floor", "pull", "flux", "webclient", "jdk", "sdk", "langchain4j");
    private static final List<String> SWITCHES = List.of(
            "flux",
            "flux:no-retries",
            "flux:wide-permits",
            "flux:no-clocks",
            "flux:no-preflight",
            "flux:total-clock",
            "flux:listener");

    private Settings() {}

    static List<Setting> of(Scenario scenario) {
        return switch (scenario) {
            case THROUGHPUT -> chunks(AnswerName.text(10_000, 20), AnswerName.text(10_000, 1), ALL);
            case KINDS -> chunks(AnswerName.mixed(8_000, 20), AnswerName.mixed(8_000, 1), OURS);
            case LARGE ->
                List.of(new Setting(
                        "64 KiB a chunk",
                        AnswerName.text(9_600, 480),
                        STREAMS,
                        List.of("floor", "flux", "webclient", "sdk", "langchain4j")));
            case PACED ->
                List.of(
                        new Setting("1,000 streams, 10 events/s", AnswerName.paced(1, 10), 1_000, OURS),
                        new Setting("5,000 streams, 4 events/s", AnswerName.paced(1, 4), 5_000, OURS));
            case FIRST_TOKEN -> List.of(new Setting("warm", AnswerName.first(), 1, List.of("floor", "flux", "sdk")));
            case COLD ->
                List.of(new Setting("cold", AnswerName.text(20, 20), 1, List.of("bare", "flux", "webclient", "sdk")));
            case SCALING ->
                Stream.concat(
                                IntStream.of(1, STREAMS, 1_000, 5_000).mapToObj(Settings::streams),
                                IntStream.of(120, 10_000, 1_000_000, 16_000_000).mapToObj(Settings::sized))
                        .toList();
            case SWITCHES -> List.of(new Setting("20 events a chunk", AnswerName.text(10_000, 20), STREAMS, SWITCHES));
        };
    }

    private static List<Setting> chunks(AnswerName twenty, AnswerName one, List<String> clients) {
        return List.of(
                new Setting("20 events a chunk, by itself", twenty.at(CHUNKS_PER_SECOND), STREAMS, clients),
                new Setting(
                        "20 events a chunk",
                        twenty,
                        STREAMS,
                        clients.stream().filter(NETTY::contains).toList()),
                new Setting("1 event a chunk", one, STREAMS, clients));
    }

    private static Setting streams(int streams) {
        return new Setting(
                String.format(Locale.ROOT, "streams: %,d", streams), AnswerName.text(1_000, 20), streams, OURS);
    }

    /** Answers of about 16 MB, in whole chunks of 64 KiB. */
    private static Setting sized(int bytes) {
        int eventsOfChunk = Math.max(1, (64 << 10) / bytes);
        int events = 16_000_000 / bytes / eventsOfChunk * eventsOfChunk;
        return new Setting(
                String.format(Locale.ROOT, "bytes an event: %,d", bytes), AnswerName.sized(events, bytes), 4, OURS);
    }
}
