package io.claudeflux.speed.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.claudeflux.speed.answer.Answer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer as it goes into the socket: status, headers, HTTP chunks. Encoded once, and never released.
 *
 * @param parts what is written, each buffer by itself
 */
record Encoded(List<Part> parts) {
    private static final String HEAD = """
            HTTP/1.1 200 OK\r
            content-type: text/event-stream; charset=utf-8\r
            transfer-encoding: chunked\r
            request-id: req_1\r
            \r
            """;
    private static final String LAST = "0\r\n\r\n";

    /**
     * Buffers that are written so many times, one after another.
     *
     * @param buffers each is one write
     * @param times how often all of them are
     */
    record Part(List<ByteBuf> buffers, int times) {}

    static Encoded of(Answer answer) {
        List<Part> parts = new ArrayList<>();
        for (Answer.Part part : answer.parts()) {
            List<ByteBuf> buffers = new ArrayList<>();
            for (String chunk : part.chunks()) {
                boolean isFirst = parts.isEmpty();
                boolean isLast = parts.size() == answer.parts().size() - 1;
                buffers.add(lasting((isFirst ? HEAD : "") + sized(chunk) + (isLast ? LAST : "")));
            }
            parts.add(new Part(List.copyOf(buffers), part.times()));
        }
        return new Encoded(List.copyOf(parts));
    }

    ByteBuf opening() {
        return parts.get(0).buffers().get(0).duplicate();
    }

    ByteBuf closing() {
        return parts.get(parts.size() - 1).buffers().get(0).duplicate();
    }

    /** One HTTP chunk, and what frames it. */
    static ByteBuf chunk(byte[] event) {
        byte[] size = (Integer.toHexString(event.length) + "\r\n").getBytes(US_ASCII);
        return Unpooled.directBuffer(size.length + event.length + 2)
                .writeBytes(size)
                .writeBytes(event)
                .writeByte('\r')
                .writeByte('\n');
    }

    private static String sized(String chunk) {
        return Integer.toHexString(chunk.getBytes(UTF_8).length) + "\r\n" + chunk + "\r\n";
    }

    private static ByteBuf lasting(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly());
    }
}
