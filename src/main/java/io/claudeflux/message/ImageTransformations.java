package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the server may do to an image before the model sees it.
 *
 * @param oversizedImage what happens to an image that is too large; null leaves the server's default
 * @param extra the fields this version does not know, as one JSON object
 */
public record ImageTransformations(@Nullable OversizedImage oversizedImage, Json extra) {
    /**
     * Takes any settings.
     *
     * @throws NullPointerException if {@code extra} is null
     */
    public ImageTransformations {
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * Says what happens to an image that is too large.
     *
     * @param oversizedImage the choice
     */
    public ImageTransformations(OversizedImage oversizedImage) {
        this(oversizedImage, Json.emptyObject());
    }

    /**
     * What happens to an image that is too large.
     *
     * <p>An open set: any string is accepted. Source: {@code transformations.oversized_image}.
     *
     * @param value the word on the wire
     */
    public record OversizedImage(String value) {
        /** It is made smaller. */
        public static final OversizedImage DOWNSIZE = new OversizedImage("downsize");

        /** The request is refused. */
        public static final OversizedImage ERROR = new OversizedImage("error");

        /**
         * Takes any word.
         *
         * @throws NullPointerException if {@code value} is null
         */
        public OversizedImage {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public String toString() {
            return value;
        }
    }
}
