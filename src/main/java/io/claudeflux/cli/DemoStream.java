package io.claudeflux.cli;

import static io.claudeflux.simulator.Block.text;
import static io.claudeflux.simulator.Block.thinking;

import io.claudeflux.message.MessageRequest;
import io.claudeflux.simulator.Block;
import io.claudeflux.simulator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One stream of the demo, both sides of it: what is asked, what the simulator answers, and what has to come of it.
 *
 * @param index its place, from 0
 * @param question the prompt
 * @param answer the whole answer
 * @param setbacks what befalls its first attempts, one each, unseen by its subscriber
 * @param ending how it is scripted to end after them
 */
record DemoStream(int index, String question, String answer, List<Setback> setbacks, Ending ending) {
    /** Tells the simulator which stream is asking; the real API would not look at it. */
    static final String HEADER = "x-demo-stream";

    private static final int EVERY_NTH_THINKS = 5;
    private static final String THOUGHT = "The essentials first, then one detail that is worth knowing. Keep it short.";

    MessageRequest request() {
        return MessageRequest.builder()
                .model(Ask.DEFAULT_MODEL)
                .maxTokens(1024)
                .user(question)
                .header(HEADER, Integer.toString(index))
                .build();
    }

    /** How many attempts it takes to play the whole script. */
    int attempts() {
        return setbacks.size() + ending.attempts();
    }

    /** What is answered when there were so many attempts before. */
    Reply reply(int before) {
        SplittableRandom random = new SplittableRandom(index);
        Reply answer = answer(random.nextLong(1_600, 3_900) - 600L * setbacks.size());
        return before < setbacks.size()
                ? setbacks.get(before).script(answer).initialDelay(Duration.ofMillis(random.nextLong(50, 500)))
                : ending.script(answer);
    }

    /** The answer at a pace of its own, so that the streams do not march in step. */
    private Reply answer(long millis) {
        boolean thinks = index % EVERY_NTH_THINKS == 2;
        Block[] blocks = thinks ? new Block[] {thinking(THOUGHT), text(answer)} : new Block[] {text(answer)};
        long pace = millis / (pieces(answer) + (thinks ? pieces(THOUGHT) : 0));
        return Reply.reply(blocks).drip(Duration.ofMillis(Math.max(1, pace)));
    }

    /**
     * About as many deltas as a text is cut into: words and punctuation, or a few characters where words are not set
     * apart.
     */
    private static long pieces(String text) {
        return Math.max(text.split(" ", -1).length * 5L / 4, text.length() / 9);
    }

    /** What is wrong with how the stream ended; empty if it went by the script. */
    Optional<String> surprise(StreamLine line) {
        String who = "stream " + line.number() + " (scripted: " + ending + ") ";
        Throwable error = line.error();
        if (!line.isEnded()) {
            return Optional.of(who + "did not end");
        }
        if (!ending.isMetBy(error)) {
            return Optional.of(who + (error == null ? "completed" : "failed: " + Complaint.brief(error)));
        }
        if (line.attempts() != attempts()) {
            return Optional.of(who + "made " + line.attempts() + " attempts instead of " + attempts());
        }
        boolean asSent = error == null ? line.answer().equals(answer) : answer.startsWith(line.answer());
        return asSent ? Optional.empty() : Optional.of(who + "delivered a text that was not sent");
    }
}
