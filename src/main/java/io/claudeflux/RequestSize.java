package io.claudeflux;

import io.claudeflux.limit.RateLimiter.Estimate;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.DocumentBlock;
import io.claudeflux.message.ImageBlock;
import io.claudeflux.message.MediaSource;
import io.claudeflux.message.MessageParam;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.Speed;
import io.claudeflux.message.ToolResultBlock;
import io.claudeflux.message.WebFetchToolResultBlock;
import io.claudeflux.message.WebFetchToolResultBlock.Page;

/**
 * About how many tokens a request is. The tokenizer is not public; the limiter corrects this by what the server counts.
 */
final class RequestSize {
    /** English text and JSON. */
    private static final double BYTES_A_TOKEN = 3.5;

    /** An image of the largest useful size, and about a page of a document. */
    private static final long MEDIA_TOKENS = 1_600;

    /** A page of a PDF is some 50 KB and more. */
    private static final long BASE64_A_DOCUMENT_TOKEN = 40;

    private long tokens;
    private long base64;

    private RequestSize() {}

    static Estimate of(MessageRequest request, int bodyBytes) {
        RequestSize size = new RequestSize();
        for (MessageParam turn : request.messages()) {
            turn.content().forEach(size::add);
        }
        long text = (long) Math.ceil(Math.max(0, bodyBytes - size.base64) / BYTES_A_TOKEN);
        return new Estimate(
                request.model(), Speed.FAST.equals(request.speed()), text + size.tokens, request.maxTokens());
    }

    private void add(ContentBlock block) {
        if (block instanceof ImageBlock image) {
            add(image.source(), Long.MAX_VALUE);
        } else if (block instanceof DocumentBlock document) {
            add(document.source(), BASE64_A_DOCUMENT_TOKEN);
        } else if (block instanceof ToolResultBlock result) {
            result.content().forEach(this::add);
        } else if (block instanceof WebFetchToolResultBlock fetch && fetch.content() instanceof Page page) {
            add(page.content());
        }
    }

    /** Text stands in the body as it is; what only its address stands for is not in it at all. */
    private void add(MediaSource source, long base64AToken) {
        if (source instanceof MediaSource.Inline inline) {
            base64 += inline.data().length();
            tokens += MEDIA_TOKENS + inline.data().length() / base64AToken;
        } else if (source instanceof MediaSource.Url || source instanceof MediaSource.UploadedFile) {
            tokens += MEDIA_TOKENS;
        } else if (source instanceof MediaSource.Blocks blocks) {
            blocks.content().forEach(this::add);
        }
    }
}
