package io.claudeflux.cli;

import io.claudeflux.error.InvalidRequestException;
import io.claudeflux.error.OverloadedException;
import io.claudeflux.error.StreamException;
import io.claudeflux.simulator.Reply;
import org.jspecify.annotations.Nullable;

/** How a stream of the demo is scripted to end, and how to tell that it did. */
enum Ending {
    /** With {@code message_stop}. */
    COMPLETE {
        @Override
        Reply script(Reply whole) {
            return whole;
        }

        @Override
        boolean isMetBy(@Nullable Throwable error) {
            return error == null;
        }
    },

    /** With an error event behind the 200, in the middle of the answer. */
    OVERLOADED_IN_STREAM {
        @Override
        Reply script(Reply whole) {
            return whole.errorInStream("overloaded_error").afterEvents(26);
        }

        @Override
        boolean isMetBy(@Nullable Throwable error) {
            return error instanceof OverloadedException overloaded && overloaded.isInStream();
        }
    },

    /** With a connection that closes in the middle of the answer. */
    CUT {
        @Override
        Reply script(Reply whole) {
            return whole.cut().afterEvents(34);
        }

        @Override
        boolean isMetBy(@Nullable Throwable error) {
            return error instanceof StreamException broken && broken.kind() == StreamException.Kind.INCOMPLETE;
        }
    },

    /** With status 529 in place of an answer, however often it is asked. */
    OVERLOADED {
        @Override
        int attempts() {
            return Demo.RETRY.maxRetries() + 1;
        }

        @Override
        Reply script(Reply whole) {
            return Reply.error(529);
        }

        @Override
        boolean isMetBy(@Nullable Throwable error) {
            return error instanceof OverloadedException overloaded && !overloaded.isInStream();
        }
    },

    /** With status 400 in place of an answer. */
    REFUSED {
        @Override
        Reply script(Reply whole) {
            return Reply.error(400, "this request is scripted to be refused");
        }

        @Override
        boolean isMetBy(@Nullable Throwable error) {
            return error instanceof InvalidRequestException;
        }
    };

    /** How many attempts it takes to end like this. */
    int attempts() {
        return 1;
    }

    /** The reply to send in place of this one. */
    abstract Reply script(Reply whole);

    /** Whether a stream that ended with this error, or completed without one, did as it was told. */
    abstract boolean isMetBy(@Nullable Throwable error);
}
