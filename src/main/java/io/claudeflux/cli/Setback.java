package io.claudeflux.cli;

import io.claudeflux.simulator.Reply;

/** What befalls an attempt of a demo's stream before it has handed anything down, so that the client tries again. */
enum Setback {
    /** Status 529 in place of an answer. */
    OVERLOADED {
        @Override
        Reply script(Reply whole) {
            return Reply.error(529);
        }
    },

    /** An error event behind the 200, the first event of all. */
    OVERLOADED_IN_STREAM {
        @Override
        Reply script(Reply whole) {
            return whole.errorInStream("overloaded_error").afterEvents(0);
        }
    },

    /** Status 503, as a gateway says it. */
    UNAVAILABLE {
        @Override
        Reply script(Reply whole) {
            return Reply.error(503, "upstream unavailable");
        }
    },

    /** An error event right behind {@code message_start}. */
    OVERLOADED_BEHIND_START {
        @Override
        Reply script(Reply whole) {
            return whole.errorInStream("overloaded_error").afterEvents(1);
        }
    },

    /** A connection that closes before there is content. */
    CUT {
        @Override
        Reply script(Reply whole) {
            return whole.cut().afterEvents(1);
        }
    };

    /** The reply to send in place of this one. */
    abstract Reply script(Reply whole);
}
