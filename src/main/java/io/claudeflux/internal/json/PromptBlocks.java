package io.claudeflux.internal.json;

import io.claudeflux.message.CacheControl;
import io.claudeflux.message.Citation;
import io.claudeflux.message.ContainerUploadBlock;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.DocumentBlock;
import io.claudeflux.message.ImageBlock;
import io.claudeflux.message.ImageTransformations;
import io.claudeflux.message.ImageTransformations.OversizedImage;
import io.claudeflux.message.Json;
import io.claudeflux.message.SearchResultBlock;
import io.claudeflux.message.TextBlock;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The blocks that prompts are made of: text, images, documents, search results, files. */
final class PromptBlocks {
    private static final Codec<TextBlock> TEXT =
            new Codec<>(TextBlock.TYPE, TextBlock.class, PromptBlocks::text, PromptBlocks::text);

    /** Documents alone, as they stand in the result of a fetch. */
    static final Codec<DocumentBlock> DOCUMENT =
            new Codec<>(DocumentBlock.TYPE, DocumentBlock.class, PromptBlocks::document, PromptBlocks::document);

    static final List<Codec<? extends ContentBlock>> CODECS = List.of(
            TEXT,
            DOCUMENT,
            new Codec<>(ImageBlock.TYPE, ImageBlock.class, PromptBlocks::image, PromptBlocks::image),
            new Codec<>(
                    SearchResultBlock.TYPE,
                    SearchResultBlock.class,
                    PromptBlocks::searchResult,
                    PromptBlocks::searchResult),
            new Codec<>(
                    ContainerUploadBlock.TYPE,
                    ContainerUploadBlock.class,
                    PromptBlocks::containerUpload,
                    PromptBlocks::containerUpload));

    private PromptBlocks() {}

    /** A stream begins with nothing or an empty list what a whole answer begins with null: all the same here. */
    private static TextBlock text(Fields fields) {
        List<Citation> citations = fields.fitting("citations", PromptBlocks::citations);
        CacheControl control = CacheControls.of(fields);
        return new TextBlock(
                fields.string("text", ""),
                citations == null ? List.of() : citations,
                control,
                fields.dropEmpty("citations").dropEmpty("cache_control").rest());
    }

    private static List<Citation> citations(Json list) {
        return Slices.elements(list.text()).stream().map(Citations::read).toList();
    }

    private static void text(Members out, TextBlock block) {
        out.string("text", block.text())
                .list("citations", block.citations(), Citations::write)
                .cacheControl(block.cacheControl())
                .rest(block.extra());
    }

    private static ImageBlock image(Fields fields) {
        return new ImageBlock(
                MediaSources.read(fields.required("source")),
                fields.map("transformations", PromptBlocks::transformations),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void image(Members out, ImageBlock block) {
        out.value("source", block.source(), MediaSources::write)
                .value("transformations", block.transformations(), PromptBlocks::writeTransformations)
                .cacheControl(block.cacheControl())
                .rest(block.extra());
    }

    private static ImageTransformations transformations(Json json) {
        Fields fields = Fields.toTheLetter(json);
        return new ImageTransformations(fields.open("oversized_image", OversizedImage::new), fields.rest());
    }

    private static void writeTransformations(JsonGenerator out, ImageTransformations transformations) {
        Members.object(out)
                .word("oversized_image", transformations.oversizedImage())
                .rest(transformations.extra())
                .end();
    }

    private static DocumentBlock document(Fields fields) {
        return new DocumentBlock(
                MediaSources.read(fields.required("source")),
                fields.string("title"),
                fields.string("context"),
                fields.fitting("citations", CitationSwitch::read),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void document(Members out, DocumentBlock block) {
        out.value("source", block.source(), MediaSources::write)
                .string("title", block.title())
                .string("context", block.context())
                .value("citations", block.citations(), CitationSwitch::write)
                .cacheControl(block.cacheControl())
                .rest(block.extra());
    }

    private static SearchResultBlock searchResult(Fields fields) {
        return new SearchResultBlock(
                fields.requiredString("source"),
                fields.requiredString("title"),
                fields.requiredList("content", TEXT::readOnly),
                fields.fitting("citations", CitationSwitch::read),
                CacheControls.of(fields),
                fields.rest());
    }

    private static void searchResult(Members out, SearchResultBlock block) {
        out.string("source", block.source())
                .string("title", block.title())
                .array("content", block.content(), TEXT::writeObject)
                .value("citations", block.citations(), CitationSwitch::write)
                .cacheControl(block.cacheControl())
                .rest(block.extra());
    }

    private static ContainerUploadBlock containerUpload(Fields fields) {
        return new ContainerUploadBlock(fields.requiredString("file_id"), CacheControls.of(fields), fields.rest());
    }

    private static void containerUpload(Members out, ContainerUploadBlock block) {
        out.string("file_id", block.fileId()).cacheControl(block.cacheControl()).rest(block.extra());
    }
}
