package io.claudeflux.simulator;

import static io.claudeflux.simulator.Block.text;
import static io.claudeflux.simulator.Block.thinking;
import static io.claudeflux.simulator.Block.toolUse;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnswerStreamTests {

    private static List<Piece> pieces(Reply reply) {
        SimulatedRequest request = new SimulatedRequest(
                SimulatedRequest.Target.of("POST", "/v1/messages"), Map.of(), Calls.STREAM_REQUEST, "req_1");
        AnswerMessage message =
                AnswerMessage.of((Content.Answer) reply.content(), request, new Ids(new SplittableRandom(1)));
        return Objects.requireNonNull(AnswerStream.of(message, 1).collectList().block());
    }

    private static int tokens(List<Piece> pieces) {
        return pieces.stream().mapToInt(Piece::tokens).sum();
    }

    @Test
    void outputTokensAreSpreadOverTheDeltasByTheirLength() {
        List<Piece> pieces = pieces(Reply.reply("one two three four five six").usage(1, 2_700));

        assertThat(tokens(pieces)).isEqualTo(2_700);
        assertThat(pieces.get(0).tokens() + pieces.get(1).tokens()).isZero();
        assertThat(pieces.get(2).tokens()).isEqualTo(300);
        assertThat(pieces.get(3).tokens()).isEqualTo(400);
    }

    @Test
    void everyKindOfBlockIsPaidForToTheToken() {
        Reply reply = Reply.reply(thinking("Let me look."), toolUse("clock", Map.of("zone", "UTC")), text(""));

        assertThat(tokens(pieces(reply.usage(1, 1)))).isEqualTo(1);
        assertThat(tokens(pieces(reply.usage(1, 100_003)))).isEqualTo(100_003);
    }

    @Test
    void whatNoDeltaCarriesIsBookedAtTheEnd() {
        List<Piece> pieces = pieces(Reply.reply(text("")).usage(1, 7));

        assertThat(pieces.get(pieces.size() - 2).tokens()).isEqualTo(7);
    }

    @Test
    void everySubscriptionCountsFromTheBeginning() {
        Reply reply = Reply.reply("one two").usage(1, 9);

        assertThat(pieces(reply)).isEqualTo(pieces(reply));
    }
}
