package io.claudeflux.gate;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Needles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * Every log line of ours, of Reactor and of Netty at TRACE, for the whole JVM, read for what {@link Canary} names.
 *
 * <p>Lines that hold a piece of a key, of a prompt or of an answer are kept, and {@link TraceLogGate} empties the list
 * after every test class. The state is static because Logback's is: one logger of a name for the JVM.
 */
final class TraceLog {
    private static final List<String> LOGGERS = List.of("io.claudeflux", "reactor", "io.netty");
    private static final String NAME = "trace-log-gate";
    /** One flaw may show on each of a million lines. */
    private static final int KEPT_LINES = 50;

    private static final Queue<String> BETRAYALS = new ConcurrentLinkedQueue<>();
    private static final LongAdder LINES = new LongAdder();

    private TraceLog() {}

    /** Returns the lines since the last call that say what none may say. */
    static List<String> drain() {
        List<String> found = new ArrayList<>();
        for (String line = BETRAYALS.poll(); line != null; line = BETRAYALS.poll()) {
            found.add(line);
        }
        return found;
    }

    /** How many lines were read in this JVM. */
    static long lines() {
        return LINES.sum();
    }

    /** Puts the readers in place before the first test. */
    public static final class Installer implements LauncherSessionListener {
        /** Called by the JUnit Platform. */
        public Installer() {}

        @Override
        public void launcherSessionOpened(LauncherSession session) {
            if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
                LOGGERS.forEach(name -> readAlong(context, context.getLogger(name)));
            }
        }

        private static void readAlong(LoggerContext context, Logger logger) {
            logger.setLevel(Level.TRACE);
            if (logger.getAppender(NAME) == null) {
                Reader reader = new Reader(Canary.needles());
                reader.setContext(context);
                reader.setName(NAME);
                reader.start();
                logger.addAppender(reader);
            }
        }
    }

    /** Takes no lock: it runs on event loops. */
    private static final class Reader extends UnsynchronizedAppenderBase<ILoggingEvent> {
        private final Needles needles;

        Reader(Needles needles) {
            this.needles = needles;
        }

        @Override
        protected void append(ILoggingEvent event) {
            LINES.increment();
            String message = event.getFormattedMessage();
            if (betrays(message) || betrays(event.getMDCPropertyMap()) || betrays(event.getKeyValuePairs())) {
                keep(event, message);
            } else if (event.getThrowableProxy() != null && betrays(event.getThrowableProxy())) {
                keep(event, message + ": " + event.getThrowableProxy().getMessage());
            }
        }

        private boolean betrays(String text) {
            return text != null && needles.isIn(text);
        }

        private boolean betrays(Map<String, String> context) {
            return !context.isEmpty() && betrays(context.toString());
        }

        private boolean betrays(List<KeyValuePair> pairs) {
            return pairs != null && betrays(pairs.toString());
        }

        /** Frames name classes and methods only. Logback has replaced what is its own cause. */
        private boolean betrays(IThrowableProxy thrown) {
            if (betrays(thrown.getMessage()) || (thrown.getCause() != null && betrays(thrown.getCause()))) {
                return true;
            }
            for (IThrowableProxy suppressed : thrown.getSuppressed()) {
                if (betrays(suppressed)) {
                    return true;
                }
            }
            return false;
        }

        private static void keep(ILoggingEvent event, String line) {
            if (BETRAYALS.size() < KEPT_LINES) {
                BETRAYALS.add(
                        event.getLevel() + " " + event.getLoggerName() + " [" + event.getThreadName() + "]: " + line);
            }
        }
    }
}
