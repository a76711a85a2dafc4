package io.claudeflux.example.chat;

import io.claudeflux.simulator.Reply;
import io.claudeflux.simulator.SimulatedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What the simulated model says, and what goes wrong when the question asks for it. */
final class SimulatedAnswers implements Function<SimulatedRequest, Reply> {
    /** As the client counts its attempts; the official clients say it too. */
    private static final String ATTEMPTS_BEFORE = "x-stainless-retry-count";

    private static final Duration THINKING = Duration.ofMillis(600);
    private static final List<String> ANSWERS = List.of("""
            Backpressure is how a slow reader tells a fast writer to wait.

            In Reactor a subscriber asks for so many elements, and a publisher may hand down that many and no more. \
            Here that demand reaches all the way to the socket: when your browser stops reading, this service stops \
            asking, the kernel's buffers fill up, and the server at the other end stops writing. Nothing in between \
            grows.

            You can see the same thing in three lines:

            ```java
            Flux<StreamEvent> events = claude.messages().stream(request);
            events.limitRate(8)
                    .subscribe(this::slowly);
            ```

            That is the whole trick: nobody has to guess how large a buffer must be.""", """
            A stream that breaks off looks exactly like one that has ended, unless somebody looks closely.

            So an answer counts as complete only when its last event, message_stop, has arrived. Whatever else ends \
            it is an error, and that error carries the text so far, so that nothing you paid for is lost. Before the \
            first word reaches you the request may be sent again without your noticing; after that it never is, \
            because you would read a sentence twice.""", """
            I am a simulated model: my answers are written in advance, but the way to you is real. There is an HTTP \
            server in this JVM that speaks the Claude API, a client that retries, waits and counts, a WebFlux \
            controller, and the page in front of you.

            Ask me something with "overload", "limit", "cut", "silence" or "down" in it to see what happens when \
            things go wrong. Or press Stop while I am talking, and the request behind me is cancelled at once.""");

    @Override
    public Reply apply(SimulatedRequest request) {
        String question = request.prompt().toLowerCase(Locale.ROOT);
        int attemptsBefore =
                request.header(ATTEMPTS_BEFORE).map(Integer::parseInt).orElse(0);
        if (question.contains("down") || (question.contains("overload") && attemptsBefore < 2)) {
            return Reply.error(529);
        }
        if (question.contains("limit") && attemptsBefore == 0) {
            return Reply.error(429).retryAfter(Duration.ofSeconds(3));
        }
        Reply answer = Reply.reply(text(question)).initialDelay(THINKING);
        if (question.contains("cut")) {
            return answer.cut().afterEvents(60);
        }
        return question.contains("silence")
                ? answer.stall(Duration.ofSeconds(6)).afterEvents(40)
                : answer;
    }

    private static String text(String question) {
        if (question.contains("pressure")) {
            return ANSWERS.get(0);
        }
        return question.contains("stream") || question.contains("cut") ? ANSWERS.get(1) : ANSWERS.get(2);
    }
}
