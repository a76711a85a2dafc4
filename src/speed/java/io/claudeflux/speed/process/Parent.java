package io.claudeflux.speed.process;

import java.io.IOException;

/** The process that started this one. */
public final class Parent {
    private static final int ORPHANED = 3;

    private Parent() {}

    /** Ends this process when its standard input does, which is when the parent is gone, however it went. */
    public static void dieWithIt() {
        Thread watch = new Thread(Parent::watch, "parent");
        watch.setDaemon(true);
        watch.start();
    }

    private static void watch() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said there.
            }
        } catch (IOException e) {
            // The pipe is broken: as good as its end.
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
