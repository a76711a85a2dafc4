package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import io.claudeflux.message.MediaSource;
import tools.jackson.core.JsonGenerator;

/** Sources of images and documents, in both directions. */
final class MediaSources {
    private static final String PLAIN_TEXT = "text/plain";

    private MediaSources() {}

    static MediaSource read(Json json) {
        Fields fields = Fields.of(json);
        String type = fields.string("type", "");
        MediaSource source = switch (type) {
            case "base64" -> new MediaSource.Inline(fields.string("media_type", ""), fields.string("data", ""));
            case "url" -> new MediaSource.Url(fields.string("url", ""));
            case "file" -> new MediaSource.UploadedFile(fields.string("file_id", ""));
            case "text" -> new MediaSource.PlainText(plain(fields).string("data", ""));
            case "content" -> new MediaSource.Blocks(ContentBlocks.readContent(fields.json("content")));
            default -> new MediaSource.UnknownSource(type, json);
        };
        // A source is small: one with a field we have no place for is kept whole.
        return fields.isEmpty() ? source : new MediaSource.UnknownSource(type, json);
    }

    /** The one kind of text there is today; any other is kept. */
    private static Fields plain(Fields fields) {
        Json kind = fields.peek("media_type");
        return kind == null
                        || kind.isNull()
                        || kind.asString().filter(PLAIN_TEXT::equals).isPresent()
                ? fields.drop("media_type")
                : fields;
    }

    static void write(JsonGenerator out, MediaSource source) {
        if (source instanceof MediaSource.UnknownSource unknown) {
            Members.raw(out, unknown.raw());
        } else {
            Members members = Members.object(out).string("type", source.type());
            members(members, source);
            members.end();
        }
    }

    private static void members(Members out, MediaSource source) {
        if (source instanceof MediaSource.Inline inline) {
            out.string("media_type", inline.mediaType()).string("data", inline.data());
        } else if (source instanceof MediaSource.Url url) {
            out.string("url", url.url());
        } else if (source instanceof MediaSource.UploadedFile file) {
            out.string("file_id", file.fileId());
        } else if (source instanceof MediaSource.PlainText text) {
            out.string("media_type", PLAIN_TEXT).string("data", text.text());
        } else if (source instanceof MediaSource.Blocks blocks) {
            out.value("content", blocks.content(), ContentBlocks::writeContent);
        }
    }
}
