package io.claudeflux.cli;

import io.claudeflux.message.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of one JSON object, as options take them. */
final class JsonFile {
    private JsonFile() {}

    /** @throws IllegalArgumentException saying what is wrong with the file */
    static Json read(Path file) {
        Json json = parse(file, text(file));
        if (!json.isObject()) {
            throw new IllegalArgumentException(file + " must hold one JSON object");
        }
        return json;
    }

    private static Json parse(Path file, String text) {
        try {
            return Json.parse(text);
        } catch (IllegalArgumentException notJson) {
            throw new IllegalArgumentException(file + ": " + notJson.getMessage());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(file + " does not exist");
        } catch (CharacterCodingException notText) {
            throw new IllegalArgumentException(file + " is not UTF-8 text");
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + " cannot be read: " + unreadable.getMessage());
        }
    }
}
