package io.claudeflux.speed.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** A flight recording of what is measured, if the process was given a file for it. */
public final class Recorded {
    /** The system property that names the file. */
    public static final String FILE = "speed.recording";

    private final @Nullable Recording recording;

    private Recorded(@Nullable Recording recording) {
        this.recording = recording;
    }

    static Recorded ifWanted() {
        String file = System.getProperty(FILE);
        if (file == null) {
            return new Recorded(null);
        }
        try {
            Recording recording = new Recording(Configuration.getConfiguration("profile"));
            // Samples by CPU time, native code among it, where the JDK has them: Linux from 25 on.
            recording.enable("jdk.CPUTimeSample").with("throttle", "5ms");
            recording.setDestination(Path.of(file));
            recording.start();
            return new Recorded(recording);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    void end() {
        if (recording != null) {
            recording.stop();
            recording.close();
        }
    }
}
