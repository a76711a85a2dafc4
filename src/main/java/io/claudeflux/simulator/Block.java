package io.claudeflux.simulator;

import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One content block of a scripted {@link Reply}, in the order in which it is streamed.
 *
 * <p>The factory methods are meant for a static import:
 *
 * <pre>{@code
 * reply(thinking("The tide table knows."), text("Let me look."), toolUse("get_tide", Map.of("port", "Brest")))
 * }</pre>
 *
 * <p>Blocks are immutable; the same block may be part of many replies.
 */
public sealed interface Block {

    /**
     * A text block; the simulator cuts the text into deltas about a word long.
     *
     * @param text the whole text
     * @return the block
     */
    static Block text(String text) {
        return new Text(text, List.of());
    }

    /**
     * A text block whose deltas are exactly these, empty ones included.
     *
     * @param deltas the pieces, in order
     * @return the block
     */
    static Block deltas(String... deltas) {
        return new Text(String.join("", deltas), List.of(deltas));
    }

    /**
     * A thinking block, streamed in pieces and closed by a made-up signature.
     *
     * @param thinking the whole thought
     * @return the block
     */
    static Block thinking(String thinking) {
        return thinking(thinking, "EqQBCkgI" + Integer.toHexString(thinking.hashCode()) + "ARgCKkBzaW11bGF0ZWQ=");
    }

    /**
     * A thinking block with the signature that a test wants to see come back.
     *
     * @param thinking the whole thought
     * @param signature the signature
     * @return the block
     */
    static Block thinking(String thinking, String signature) {
        return new Thinking(thinking, signature);
    }

    /**
     * A thinking block that the API has encrypted; it arrives complete in its start event.
     *
     * @param data the opaque data
     * @return the block
     */
    static Block redactedThinking(String data) {
        return new Complete(Json.of(Fields.of("type", "redacted_thinking", "data", data)));
    }

    /**
     * A tool call under a fresh id; its input is streamed as fragments of JSON.
     *
     * @param name the tool's name
     * @param input the input's members
     * @return the block
     */
    static Block toolUse(String name, Map<String, ?> input) {
        return toolUse(name, Json.of(input).text());
    }

    /**
     * A tool call whose input is this text, sent as it is. It need not be valid JSON: an answer that ran into
     * {@code max_tokens} ends in the middle of one.
     *
     * @param name the tool's name
     * @param inputText the text of the input
     * @return the block
     */
    static Block toolUse(String name, String inputText) {
        return new ToolUse(null, name, inputText);
    }

    /**
     * The block as a client would read it: a text with its citations, a call of a server's tool, what came of it.
     * Texts, thoughts and inputs are streamed in pieces, a text's citations ahead of it; any other block arrives
     * complete in its start event.
     *
     * <pre>{@code
     * Citation place = new Citation.WebSearchResultLocation("It rains.", url, "Weather", "index", Json.emptyObject());
     * reply(of(new ServerToolUseBlock("srvtoolu_1", ServerToolName.WEB_SEARCH, Json.of(Map.of("query", "rain")))),
     *         of(new WebSearchToolResultBlock("srvtoolu_1", results)),
     *         of(new TextBlock("It rains in Bergen.").withCitations(place)))
     * }</pre>
     *
     * @param block a block of an answer
     * @return the block
     */
    static Block of(ContentBlock block) {
        return new Typed(block);
    }

    /**
     * The block as given, complete in its start event: types that do not exist yet.
     *
     * @param block a JSON object with a {@code type}
     * @return the block
     */
    static Block complete(Json block) {
        return new Complete(block);
    }

    /**
     * Text.
     *
     * @param text the whole text
     * @param deltas how it is cut; empty for the simulator's own cutting
     */
    record Text(String text, List<String> deltas) implements Block {

        /**
         * Refuses null and keeps a copy of the deltas.
         *
         * @throws NullPointerException if an argument is null
         */
        public Text {
            Objects.requireNonNull(text, "text");
            deltas = List.copyOf(deltas);
        }
    }

    /**
     * Thinking.
     *
     * @param thinking the whole thought; may be empty, as the API does when thinking is not displayed
     * @param signature what proves to the API that the thought is its own
     */
    record Thinking(String thinking, String signature) implements Block {

        /**
         * Refuses null.
         *
         * @throws NullPointerException if an argument is null
         */
        public Thinking {
            Objects.requireNonNull(thinking, "thinking");
            Objects.requireNonNull(signature, "signature");
        }
    }

    /**
     * A tool call.
     *
     * @param id the id that the tool result must name, or null for a fresh one in every answer
     * @param name the tool
     * @param input the text of its input
     */
    record ToolUse(@Nullable String id, String name, String input) implements Block {

        /**
         * Refuses null, except for the id.
         *
         * @throws NullPointerException if {@code name} or {@code input} is null
         */
        public ToolUse {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(input, "input");
        }

        /**
         * The same call under this id.
         *
         * @param newId the id
         * @return the block
         */
        public ToolUse withId(String newId) {
            return new ToolUse(newId, name, input);
        }
    }

    /**
     * A block of the library's vocabulary.
     *
     * @param block the block
     */
    record Typed(ContentBlock block) implements Block {

        /**
         * Refuses null.
         *
         * @throws NullPointerException if {@code block} is null
         */
        public Typed {
            Objects.requireNonNull(block, "block");
        }
    }

    /**
     * A block that needs no deltas.
     *
     * @param json the block, with its {@code type}
     */
    record Complete(Json json) implements Block {

        /**
         * Refuses what is not an object.
         *
         * @throws IllegalArgumentException if it is another JSON value
         */
        public Complete {
            if (!json.isObject()) {
                throw new IllegalArgumentException("a content block must be a JSON object");
            }
        }
    }
}
