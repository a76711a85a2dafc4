package io.claudeflux.internal.http;

import io.claudeflux.message.ResponseMetadata;
import io.netty.buffer.ByteBuf;
import reactor.core.publisher.Flux;

/**
 * A response that began well.
 *
 * @param head its status and headers
 * @param bytes its body, to be subscribed once and at once, and asked for one buffer at a time, or for all of them by
 *     who is done with each when its {@code onNext} returns; each buffer belongs to Reactor Netty and is released after
 *     the {@code onNext} that brings it; a cancel closes the connection
 * @param progressed to be run, while a buffer is handed on, for what is in it and is no ping: restarts the progress
 *     clock
 * @param ended to be run, while a buffer is handed on, when it no longer matters when the rest comes: stops the clocks
 */
public record HttpBody(ResponseMetadata head, Flux<ByteBuf> bytes, Runnable progressed, Runnable ended) {

    /** One that is under no clocks. */
    static HttpBody of(ResponseMetadata head, Flux<ByteBuf> bytes) {
        return new HttpBody(head, bytes, () -> {}, () -> {});
    }
}
