package io.claudeflux.speed.client;

/** A client that is compared: opens streams. How it is told where, is its own business. */
interface StreamClient {
    /** Sends a request and hands what comes of it to that stream. Returns at once. */
    void open(OpenStream stream);
}
