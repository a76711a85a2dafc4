package io.claudeflux.internal.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Tool;
import io.claudeflux.message.UnknownBlock;
import io.claudeflux.message.UnknownTool;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocks and tools that were handed over as JSON are judged like those that were made by their types. */
class RawTwinTests {
    static Stream<Case> all() {
        return Stream.of(PreflightTests.bad(), PreflightTests.good(), FalseRefusalTests.legal())
                .flatMap(cases -> cases)
                // The builder makes none.
                .filter(each -> !each.request().messages().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("all")
    void rawBlocksAreJudgedLikeTypedOnes(Case typed) {
        MessageRequest request = typed.request();
        MessageRequest raw = request.toBuilder()
                .messages(request.messages().stream().map(RawTwinTests::raw).toList())
                .build();

        assertThat(found(typed, raw)).containsExactlyInAnyOrderElementsOf(found(typed, request));
    }

    @ParameterizedTest
    @MethodSource("all")
    void rawToolsAreJudgedLikeTypedOnes(Case typed) {
        MessageRequest request = typed.request();
        MessageRequest raw = request.toBuilder()
                .tools(request.tools().stream().map(RawTwinTests::raw).toList())
                .build();

        assertThat(found(typed, raw)).containsExactlyInAnyOrderElementsOf(found(typed, request));
    }

    /** A plain text goes out as a string, which has rules of its own. */
    private static MessageParam raw(MessageParam turn) {
        if (Turn.of(0, turn).isString()) {
            return turn;
        }
        List<ContentBlock> blocks =
                turn.content().stream().map(RawTwinTests::raw).toList();
        return new MessageParam(turn.role(), blocks, turn.extra());
    }

    private static ContentBlock raw(ContentBlock block) {
        return new UnknownBlock(block.type(), Json.of(block));
    }

    private static Tool raw(Tool tool) {
        return UnknownTool.of(Json.of(tool));
    }

    private static List<String> found(Case asked, MessageRequest request) {
        return Preflight.check(request, new Preflight.Terms(asked.version().value(), asked.betas())).stream()
                .map(Case::line)
                .toList();
    }
}
