package io.claudeflux.message;

import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** Where the content of an image or a document is. */
public sealed interface MediaSource {
    /**
     * The source's name on the wire, such as {@code base64} or {@code url}.
     *
     * @return the {@code type} of the source
     */
    String type();

    /**
     * Bytes sent within the request.
     *
     * @param mediaType {@code image/jpeg}, {@code image/png}, {@code image/gif}, {@code image/webp} or
     *     {@code application/pdf}
     * @param bytes the content; not copied again after this call
     * @return the source, with the bytes in Base64
     */
    static MediaSource of(String mediaType, byte[] bytes) {
        return new Inline(mediaType, Base64.getEncoder().encodeToString(bytes));
    }

    /**
     * Content within the request, in Base64.
     *
     * @param mediaType the MIME type
     * @param data the bytes in Base64
     */
    record Inline(String mediaType, String data) implements MediaSource {
        /**
         * Takes the data as it is.
         *
         * @throws NullPointerException if an argument is null
         */
        public Inline {
            Objects.requireNonNull(mediaType, "mediaType");
            Objects.requireNonNull(data, "data");
        }

        @Override
        public String type() {
            return "base64";
        }

        @Override
        public String toString() {
            return "Inline[" + mediaType + ", " + data.length() + " chars]";
        }
    }

    /**
     * Content that the server fetches.
     *
     * @param url the address
     */
    record Url(String url) implements MediaSource {
        /**
         * Takes any address.
         *
         * @throws NullPointerException if {@code url} is null
         */
        public Url {
            Objects.requireNonNull(url, "url");
        }

        @Override
        public String type() {
            return "url";
        }

        @Override
        public String toString() {
            return "Url[" + url.length() + " chars]";
        }
    }

    /**
     * Content uploaded before.
     *
     * @param fileId the id of the file
     */
    record UploadedFile(String fileId) implements MediaSource {
        /**
         * Takes any id.
         *
         * @throws NullPointerException if {@code fileId} is null
         */
        public UploadedFile {
            Objects.requireNonNull(fileId, "fileId");
        }

        @Override
        public String type() {
            return "file";
        }
    }

    /**
     * A document that is plain text.
     *
     * @param text the text
     */
    record PlainText(String text) implements MediaSource {
        /**
         * Takes any text.
         *
         * @throws NullPointerException if {@code text} is null
         */
        public PlainText {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String type() {
            return "text";
        }

        @Override
        public String toString() {
            return "PlainText[" + text.length() + " chars]";
        }
    }

    /**
     * A document made of text and image blocks.
     *
     * @param content the blocks
     */
    record Blocks(List<ContentBlock> content) implements MediaSource {
        /**
         * Copies the blocks.
         *
         * @throws NullPointerException if {@code content} is null or holds null
         */
        public Blocks {
            content = List.copyOf(content);
        }

        @Override
        public String type() {
            return "content";
        }
    }

    /**
     * A source this version does not know, or one with fields it does not know.
     *
     * @param type its name on the wire
     * @param raw the whole source as it came
     */
    record UnknownSource(String type, Json raw) implements MediaSource {
        /**
         * Takes any source.
         *
         * @throws NullPointerException if an argument is null
         */
        public UnknownSource {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(raw, "raw");
        }
    }
}
