package io.claudeflux.speed.client;

import io.claudeflux.speed.process.Line;
import io.claudeflux.speed.process.Parent;
import java.util.Map;

/** A client as a process: prints what its measurement brought, or how it failed. */
public final class ClientProcess {
    private ClientProcess() {}

    public static void main(String[] args) {
        Parent.dieWithIt();
        try {
            Line.print(new Measurement(Load.parse(args)).run());
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace();
            Line.print(Map.of("failure", String.valueOf(e.getMessage())));
        }
        // The streams that are still open need no farewell.
        Runtime.getRuntime().halt(0);
    }
}
