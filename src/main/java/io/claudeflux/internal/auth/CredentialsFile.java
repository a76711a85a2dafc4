package io.claudeflux.internal.auth;

import io.claudeflux.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of a login, which other programs read and write too, such as the command line that made it: it is read anew
 * each time, and written because a refresh token may be good for one time only, and would be used up for the others.
 *
 * <p>What this process knows better than the file, since it could not be written, counts as long as nobody has changed
 * the file. All methods block; they are called one after another.
 */
final class CredentialsFile {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialsFile.class);
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final String setting;
    private final Path path;
    private final AtomicBoolean warned = new AtomicBoolean();
    private @Nullable String seen;
    private @Nullable StoredTokens known;

    CredentialsFile(String setting, Path path) {
        this.setting = setting;
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** What is known of the login now. */
    synchronized StoredTokens read(Instant now) {
        warnOfReaders();
        String text = SmallFile.read(setting, path);
        StoredTokens last = known;
        if (last != null && text.equals(seen)) {
            return last;
        }
        StoredTokens read = StoredTokens.read(Fields.of(setting, path, text), Json.parse(text), now);
        seen = text;
        known = read;
        return read;
    }

    /** What is known after a trade; without the file, where that cannot be written. */
    synchronized void write(StoredTokens tokens) {
        known = tokens;
        String text = tokens.text();
        try {
            replace(text);
            seen = text;
        } catch (IOException | RuntimeException unwritable) {
            LOG.warn(
                    "the refreshed tokens could not be written to {} ({}): whoever else uses that file may have to log"
                            + " in again",
                    path,
                    unwritable.getClass().getSimpleName());
        }
    }

    /** All of it or nothing, whenever somebody looks; readable by its owner only, as temporary files are. */
    private void replace(String text) throws IOException {
        // Through a link, which is left where it is.
        Path target = path.toRealPath();
        Path directory = target.getParent();
        Path next = Files.createTempFile(directory, ".tokens", ".tmp");
        try {
            Files.writeString(next, text, StandardCharsets.UTF_8);
            try {
                Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException notHere) {
                Files.move(next, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private void warnOfReaders() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (permissions.stream().anyMatch(OTHERS::contains) && warned.compareAndSet(false, true)) {
                LOG.warn("{} holds secrets and can be read by others: chmod 600 would keep it to its owner", path);
            }
        } catch (IOException | UnsupportedOperationException elsewhere) {
            // A system without such permissions, or a file that reading will complain about.
            LOG.debug("the permissions of {} are not known", path);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
