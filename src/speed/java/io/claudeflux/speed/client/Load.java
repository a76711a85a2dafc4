package io.claudeflux.speed.client;

import io.claudeflux.speed.answer.AnswerName;
import java.util.List;

/**
 * What a client's process is to do, as its arguments say it.
 *
 * @param client which client
 * @param port where the server listens
 * @param answer what it is to answer
 * @param streams how many streams are open at any moment
 * @param warmUpMillis how long they run before anything is measured
 * @param windowMillis how long is measured
 */
public record Load(String client, int port, AnswerName answer, int streams, int warmUpMillis, int windowMillis) {
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
