package io.claudeflux.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to the source of an image or a document, by what is in them: file names and the types that uploads claim are
 * often wrong, and the API refuses what is not what it is called.
 */
final class Media {
    /** What the 32 MB of a request hold in Base64, with some room for the rest of it. */
    static final int MAX_BYTES = (32_000_000 - 1_000) / 4 * 3;

    private static final String PDF = "application/pdf";
    /** Where readers of PDF look for its beginning. */
    private static final int PDF_HEAD = 1024;

    private static final String IMAGES = "JPEG, PNG, GIF or WebP";
    private static final String DOCUMENTS = "PDF or text in UTF-8";

    private static final List<Magic> IMAGE_TYPES = List.of(
            new Magic("image/jpeg", 0, "\u00ff\u00d8\u00ff"),
            new Magic("image/png", 0, "\u0089PNG\r\n\u001a\n"),
            new Magic("image/gif", 0, "GIF87a"),
            new Magic("image/gif", 0, "GIF89a"));

    /** Files that people take for images or documents of these kinds; for the error only. */
    private static final List<Magic> OTHERS = List.of(
            new Magic("HEIC, AVIF or MP4", 4, "ftyp"),
            new Magic("TIFF", 0, "II*\0"),
            new Magic("TIFF", 0, "MM\0*"),
            new Magic("BMP", 0, "BM"),
            new Magic("a ZIP, as DOCX, XLSX and PPTX are", 0, "PK\u0003\u0004"),
            new Magic("text in UTF-16", 0, "\u00ff\u00fe"),
            new Magic("text in UTF-16", 0, "\u00fe\u00ff"));

    private Media() {}

    /** What a file of some kind has at a place; each character stands for a byte. */
    private static final class Magic {
        private final String type;
        private final int offset;
        private final String bytes;

        private Magic(String type, int offset, String bytes) {
            this.type = type;
            this.offset = offset;
            this.bytes = bytes;
        }

        private boolean matches(byte[] content) {
            if (content.length < offset + bytes.length()) {
                return false;
            }
            for (int i = 0; i < bytes.length(); i++) {
                if ((content[offset + i] & 0xff) != bytes.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    static MediaSource image(byte[] bytes) {
        return image(bytes, "the bytes");
    }

    static MediaSource image(Path file) {
        return image(read(file), name(file));
    }

    static MediaSource document(byte[] bytes) {
        return document(bytes, "the bytes");
    }

    static MediaSource document(Path file) {
        return document(read(file), name(file));
    }

    /** Only addresses that the server can fetch; a {@code data:} URL would be taken for one, and refused there. */
    static MediaSource url(String url) {
        String start = url.substring(0, Math.min(8, url.length())).toLowerCase(Locale.ROOT);
        if (!start.startsWith("https://") && !start.startsWith("http://")) {
            throw new IllegalArgumentException(
                    "url must begin with https://; hand over what is not on the web as bytes or as a file");
        }
        return new MediaSource.Url(url);
    }

    private static MediaSource image(byte[] bytes, String what) {
        checkSize(bytes.length, what);
        String type = imageType(bytes);
        if (type != null) {
            return MediaSource.of(type, bytes);
        }
        if (isPdf(bytes)) {
            throw new IllegalArgumentException(what + " hold a PDF: make a DocumentBlock of it");
        }
        throw unknown(bytes, what, IMAGES);
    }

    private static MediaSource document(byte[] bytes, String what) {
        checkSize(bytes.length, what);
        if (isPdf(bytes)) {
            return MediaSource.of(PDF, bytes);
        }
        if (imageType(bytes) != null) {
            throw new IllegalArgumentException(what + " hold an image: make an ImageBlock of it");
        }
        String text = text(bytes);
        if (text != null) {
            return new MediaSource.PlainText(text);
        }
        throw unknown(bytes, what, DOCUMENTS);
    }

    private static @Nullable String imageType(byte[] bytes) {
        for (Magic magic : IMAGE_TYPES) {
            if (magic.matches(bytes)) {
                return magic.type;
            }
        }
        boolean isWebp = new Magic("", 0, "RIFF").matches(bytes) && new Magic("", 8, "WEBP").matches(bytes);
        return isWebp ? "image/webp" : null;
    }

    /** Some writers put bytes of their own ahead of the head; a text that speaks of PDF is not meant by that. */
    private static boolean isPdf(byte[] bytes) {
        if (new Magic(PDF, 0, "%PDF-").matches(bytes)) {
            return true;
        }
        String head = new String(bytes, 0, Math.min(PDF_HEAD, bytes.length), StandardCharsets.ISO_8859_1);
        return head.contains("%PDF-") && text(bytes) == null;
    }

    /** Null for what is no text in UTF-8; a byte order mark is no part of it. */
    private static @Nullable String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                return null;
            }
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException binary) {
            return null;
        }
    }

    private static byte[] read(Path file) {
        try {
            // A device or a pipe has no size, and may have no end.
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new IllegalArgumentException(file + " is not a regular file");
            }
            checkSize(Files.size(file), name(file));
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name(file) + " cannot be read", unreadable);
        }
    }

    private static void checkSize(long size, String what) {
        if (size == 0) {
            throw new IllegalArgumentException(what + " hold nothing");
        }
        if (size > MAX_BYTES) {
            throw new IllegalArgumentException(what + " hold " + size + " bytes, and a request of 32 MB takes at most "
                    + MAX_BYTES + " in Base64: upload it with the Files API, and refer to it by its id");
        }
    }

    private static IllegalArgumentException unknown(byte[] bytes, String what, String wanted) {
        String other = OTHERS.stream()
                .filter(magic -> magic.matches(bytes))
                .map(magic -> "; they look like " + magic.type)
                .findFirst()
                .orElse("");
        return new IllegalArgumentException(
                what + " hold no " + wanted + other + ": convert it, or set the source by hand");
    }

    private static String name(Path file) {
        return "the contents of " + file;
    }
}
