package io.claudeflux.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A growing array of bytes that becomes one string.
 *
 * <p>It doubles, so that gathering a value costs time linear in its length however small its pieces are, and it drops
 * an array that one large value left behind, so that an idle stream holds little.
 */
final class ByteAccumulator {

    private static final byte[] EMPTY = {};

    /** The most that is kept between two values. Ordinary events are a few hundred bytes. */
    private static final int MAX_KEPT_BYTES = 4 << 10;

    /** Some virtual machines cannot make an array longer than this. */
    private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

    private final int firstCapacity;
    private byte[] bytes = EMPTY;
    private int size;

    /** Allocates nothing yet: the first byte makes an array of {@code firstCapacity}. */
    ByteAccumulator(int firstCapacity) {
        this.firstCapacity = firstCapacity;
    }

    int size() {
        return size;
    }

    int capacity() {
        return bytes.length;
    }

    byte byteAt(int index) {
        return bytes[index];
    }

    /**
     * Copies {@code length} bytes of {@code source} from {@code index} on; the source is neither moved nor released.
     */
    void append(ByteBuf source, int index, int length) {
        reserve(length);
        source.getBytes(index, bytes, size, length);
        size += length;
    }

    void append(byte value) {
        reserve(1);
        bytes[size++] = value;
    }

    boolean holds(byte value) {
        for (int i = 0; i < size; i++) {
            if (bytes[i] == value) {
                return true;
            }
        }
        return false;
    }

    /** Decodes what was gathered as UTF-8, with U+FFFD for malformed bytes, and starts anew. */
    String takeString() {
        String text = size == 0 ? "" : new String(bytes, 0, size, UTF_8);
        clear();
        return text;
    }

    void clear() {
        size = 0;
        if (bytes.length > MAX_KEPT_BYTES) {
            bytes = EMPTY;
        }
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            long wanted = Math.max((long) size + more, Math.max(2L * bytes.length, firstCapacity));
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, MAX_ARRAY_BYTES));
        }
    }
}
