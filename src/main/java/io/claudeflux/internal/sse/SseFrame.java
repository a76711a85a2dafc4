package io.claudeflux.internal.sse;

/**
 * One dispatched server-sent event.
 *
 * <p>A frame is dispatched when its block held at least one {@code data} line, so {@link #data()} may be empty: a lone
 * {@code data} line is an event with no text. The caller decides whether that means anything.
 *
 * @param event the value of the last {@code event} line of the block, {@code ""} when there was none or it was empty. A
 *     browser would report such a frame as {@code message}, the default of the WHATWG standard; here the two stay
 *     apart, because protocols that name their events inside the data leave the line out
 * @param data the values of the {@code data} lines, joined with LF
 * @param id the last event id, which stays in force for later frames until an {@code id} line changes it, {@code ""} by
 *     default
 */
public record SseFrame(String event, String data, String id) {

    /** Says how long the parts are and nothing of what is in them, because the data is a conversation. */
    @Override
    public String toString() {
        return "SseFrame(event " + event.length() + " chars, data " + data.length() + " chars)";
    }
}
