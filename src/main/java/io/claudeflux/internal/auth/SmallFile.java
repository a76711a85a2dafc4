package io.claudeflux.internal.auth;

import io.claudeflux.error.ClaudeException;
import io.claudeflux.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Small files of the configuration, read whole. Messages name the path and quote nothing.
 *
 * <p>Uses {@code boundedElastic}: there is no reading a file without blocking, and the event loop on which a call may
 * come by must not.
 */
final class SmallFile {
    private static final int MAX_BYTES = 64 << 10;

    private SmallFile() {}

    /** Does what reads or writes files on a thread that may block. */
    static <T> Mono<T> aside(Callable<T> work) {
        // Files block, and an event loop must not; one client has one such piece of work at a time.
        return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }

    /** The text of a file; blocks. */
    static String read(String setting, Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw failed(setting, path, "has more than " + MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (NoSuchFileException missing) {
            throw failed(setting, path, "does not exist");
        } catch (IOException unreadable) {
            throw failed(
                    setting, path, "cannot be read (" + unreadable.getClass().getSimpleName() + ")");
        }
    }

    static ClaudeException failed(String setting, Path path, String problem) {
        return new ConfigurationException(setting, setting + ": " + path + " " + problem, null);
    }
}
