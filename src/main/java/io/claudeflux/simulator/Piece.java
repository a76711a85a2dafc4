package io.claudeflux.simulator;

/**
 * A part of an answer that faults do not count inside of: one event of a stream, or all of a body that is none.
 *
 * @param text what is sent
 * @param tokens how many output tokens it took to generate
 */
record Piece(String text, int tokens) {

    /** A piece that no model had to generate. */
    static Piece free(String text) {
        return new Piece(text, 0);
    }
}
