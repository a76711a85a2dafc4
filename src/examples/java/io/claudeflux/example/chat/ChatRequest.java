package io.claudeflux.example.chat;

import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.MessageRequestBuilder;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * What the page sends: the conversation so far, which it keeps, and the model to ask.
 *
 * @param model a model's id; the first choice where there is none
 * @param turns the conversation, the question last
 */
public record ChatRequest(@Nullable String model, @Nullable List<@Nullable Turn> turns) {
    /** The model where the page names none. */
    static final String DEFAULT_MODEL = "claude-sonnet-5-5";

    /** Spring itself takes no body over 256 KiB. */
    private static final int MOST_CHARACTERS = 100_000;

    private static final int MOST_TURNS = 200;
    private static final int MOST_TOKENS = 4_096;
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}");
    private static final String SYSTEM =
            "You chat with a visitor of a web page that shows plain text. Use no Markdown, but put code between ``` fences.";

    /**
     * One side's words.
     *
     * @param role {@code user} or {@code assistant}
     * @param text what was said
     */
    public record Turn(@Nullable String role, @Nullable String text) {}

    /**
     * The same as a request to the API.
     *
     * @return the request
     * @throws ResponseStatusException with status 400 and a readable reason if it cannot be one
     */
    MessageRequest toMessageRequest() {
        List<@Nullable Turn> all = turns == null ? List.of() : turns;
        require(!all.isEmpty() && all.size() <= MOST_TURNS, "A conversation has 1 to " + MOST_TURNS + " turns.");
        MessageRequestBuilder request = MessageRequest.builder()
                .model(modelOrDefault())
                .maxTokens(MOST_TOKENS)
                .system(SYSTEM);
        long characters = 0;
        for (Turn turn : all) {
            MessageParam message = message(turn);
            characters += turn == null || turn.text() == null ? 0 : turn.text().length();
            request.message(message);
        }
        require(characters <= MOST_CHARACTERS, "A conversation has at most " + MOST_CHARACTERS + " characters.");
        Turn last = all.get(all.size() - 1);
        require(last != null && "user".equals(last.role()), "The last turn is the user's.");
        return request.build();
    }

    private String modelOrDefault() {
        if (model == null) {
            return DEFAULT_MODEL;
        }
        require(MODEL.matcher(model).matches(), "This is no id of a model.");
        return model;
    }

    private static MessageParam message(@Nullable Turn turn) {
        if (turn == null || turn.text() == null || turn.text().isBlank()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Every turn has a text.");
        }
        if ("user".equals(turn.role())) {
            return MessageParam.user(turn.text());
        }
        require("assistant".equals(turn.role()), "A turn's role is user or assistant.");
        return MessageParam.assistant(turn.text());
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
        }
    }

    /** Without what was said. */
    @Override
    public String toString() {
        return "ChatRequest[" + (turns == null ? 0 : turns.size()) + " turns]";
    }
}
