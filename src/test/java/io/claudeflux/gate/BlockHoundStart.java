package io.claudeflux.gate;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import reactor.blockhound.BlockHound;

/**
 * Starts BlockHound ahead of the first test, in JVMs that were made for tests: it rewrites native methods, which any
 * other JVM, such as Maven's own, refuses.
 */
public final class BlockHoundStart implements LauncherSessionListener {
    /** Called by the JUnit Platform. */
    public BlockHoundStart() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Boolean.getBoolean("claudeflux.blockhound")) {
            BlockHound.install();
        }
    }
}
