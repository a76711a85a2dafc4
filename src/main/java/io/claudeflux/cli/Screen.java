package io.claudeflux.cli;

import java.io.PrintWriter;
import java.util.List;

/**
 * A picture on a terminal that is drawn again and again in the same place. Nothing happens before the first drawing.
 */
final class Screen {
    private static final String CSI = "\u001b[";
    private static final String HIDE_CURSOR = CSI + "?25l";
    private static final String SHOW_CURSOR = CSI + "?25h";
    private static final String WRAP_OFF = CSI + "?7l";
    private static final String WRAP_ON = CSI + "?7h";
    private static final String CLEAR_REST_OF_LINE = CSI + "K";
    private static final String CLEAR_BELOW = CSI + "J";

    private final PrintWriter out;
    private int drawn;

    Screen(PrintWriter out) {
        this.out = out;
    }

    void draw(List<String> lines) {
        StringBuilder picture = new StringBuilder();
        picture.append(drawn == 0 ? HIDE_CURSOR + WRAP_OFF : "\r" + CSI + drawn + "A");
        lines.forEach(line -> picture.append(line).append(CLEAR_REST_OF_LINE).append('\n'));
        out.print(picture.append(CLEAR_BELOW));
        out.flush();
        drawn = lines.size();
    }

    /** Leaves the last picture, and the terminal in order. */
    void close() {
        out.print(WRAP_ON + SHOW_CURSOR);
        out.flush();
    }
}
