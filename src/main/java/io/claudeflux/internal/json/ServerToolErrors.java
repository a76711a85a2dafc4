package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import io.claudeflux.message.ServerToolError;
import io.claudeflux.message.ServerToolErrorCode;
import io.claudeflux.message.UnknownContent;
import org.jspecify.annotations.Nullable;

/** What the results of all server tools may hold beside what their tool finds: an error, or something unknown. */
final class ServerToolErrors {
    private ServerToolErrors() {}

    /** Errors of one kind of result, under the name they have there. */
    static Codec<ServerToolError> of(String resultType) {
        return new Codec<>(
                resultType + "_error", ServerToolError.class, ServerToolErrors::read, ServerToolErrors::write);
    }

    private static ServerToolError read(Fields fields) {
        return new ServerToolError(
                ServerToolErrorCode.of(fields.requiredString("error_code")),
                fields.string("error_message"),
                fields.rest());
    }

    private static void write(Members out, ServerToolError error) {
        out.word("error_code", error.errorCode())
                .string("error_message", error.errorMessage())
                .rest(error.extra());
    }

    static UnknownContent unknown(String type, Json json) {
        return new UnknownContent(json);
    }

    static @Nullable Json raw(Object content) {
        return content instanceof UnknownContent unknown ? unknown.raw() : null;
    }
}
