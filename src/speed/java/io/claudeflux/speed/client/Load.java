package io.claudeflux.speed.client;

import io.claudeflux.speed.answer.AnswerName;
import java.time.Duration;
import java.util.List;

/**
 * What a client's process is to do, as its arguments say it.
 *
 * @param client which client
 * @param port where the server listens
 * @param answer what it is to answer
 * @param streams how many streams are open at any moment
 * @param warmUpMillis how much CPU time is used before anything is measured; of the clock, for events with stamps
 * @param windowMillis how much CPU time is measured, or of the clock
 */
public record Load(String client, int port, AnswerName answer, int streams, int warmUpMillis, int windowMillis) {
    /** How many times as long as its CPU time something may take. */
    static final long STRETCH = 4;

    private static final Duration EXTRA = Duration.ofSeconds(60);

    /** The arguments of the process. */
    public List<String> arguments() {
        return List.of(
                client,
                Integer.toString(port),
                answer.toString(),
                Integer.toString(streams),
                Integer.toString(warmUpMillis),
                Integer.toString(windowMillis));
    }

    /** The longest that the process may take for all of it. */
    public Duration limit() {
        return EXTRA.plusMillis(STRETCH * (warmUpMillis + (long) windowMillis));
    }

    static Load parse(String[] arguments) {
        return new Load(
                arguments[0],
                Integer.parseInt(arguments[1]),
                AnswerName.parse(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]));
    }

    /** Where the client finds the answer. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port + "/" + answer;
    }
}
