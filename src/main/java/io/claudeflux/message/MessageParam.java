package io.claudeflux.message;

import java.util.List;
import java.util.Objects;

/**
 * One turn of the conversation in a request.
 *
 * @param role who speaks
 * @param content what is said; a single plain {@link TextBlock} is written as a string
 * @param extra the fields this version does not know, as one JSON object
 */
public record MessageParam(Role role, List<ContentBlock> content, Json extra) {
    /**
     * Copies the content.
     *
     * @throws NullPointerException if an argument is null or {@code content} holds null
     */
    public MessageParam {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(extra, "extra");
        content = List.copyOf(content);
    }

    /**
     * A turn without unknown fields.
     *
     * @param role who speaks
     * @param content what is said
     */
    public MessageParam(Role role, List<ContentBlock> content) {
        this(role, content, Json.emptyObject());
    }

    /**
     * What the application says.
     *
     * @param text the words
     * @return a user turn
     */
    public static MessageParam user(String text) {
        return new MessageParam(Role.USER, List.of(new TextBlock(text)));
    }

    /**
     * What the application says, in blocks.
     *
     * @param content the blocks
     * @return a user turn
     */
    public static MessageParam user(ContentBlock... content) {
        return new MessageParam(Role.USER, List.of(content));
    }

    /**
     * What Claude said.
     *
     * @param text the words
     * @return an assistant turn
     */
    public static MessageParam assistant(String text) {
        return new MessageParam(Role.ASSISTANT, List.of(new TextBlock(text)));
    }

    /**
     * Instructions within the conversation, behind a user turn.
     *
     * @param text the words
     * @return a system turn
     */
    public static MessageParam system(String text) {
        return new MessageParam(Role.SYSTEM, List.of(new TextBlock(text)));
    }

    @Override
    public String toString() {
        return "MessageParam[" + role + ", " + content.size() + " blocks]";
    }
}
