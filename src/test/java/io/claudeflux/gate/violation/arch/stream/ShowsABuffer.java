package io.claudeflux.gate.violation.arch.stream;

import io.netty.buffer.ByteBuf;
import java.util.List;
import reactor.core.publisher.Flux;

/** The type of another library in the argument of an argument. */
public interface ShowsABuffer {
    /** Shows it. */
    Flux<List<ByteBuf[]>> buffers();
}
