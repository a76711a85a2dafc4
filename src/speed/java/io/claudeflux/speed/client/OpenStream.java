package io.claudeflux.speed.client;

import io.netty.buffer.ByteBuf;

/** Where a client hands down what a stream brings; the signals of one stream come one after another. */
interface OpenStream {
    /** A client that reads events has got a text. */
    void text(String text);

    /** A client that reads nothing has got bytes of the body, which stay the caller's. */
    void bytes(ByteBuf bytes);

    /** The stream has ended as it should. */
    void completed();

    /** The stream has ended otherwise. */
    void failed(Throwable failure);
}
