package io.claudeflux.error;

import io.claudeflux.message.Json;
import io.claudeflux.message.ResponseMetadata;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server answered with an error, by HTTP status or inside a stream that had begun with 200.
 *
 * <p>Its subtypes follow {@code error.type}; where that is missing or unknown, the status. Source: the API's error
 * envelope and error types.
 */
public abstract sealed class ApiException extends ClaudeException
        permits InvalidRequestException,
                AuthenticationException,
                BillingException,
                PermissionException,
                NotFoundException,
                RequestTooLargeException,
                ConflictException,
                RateLimitException,
                ApiTimeoutException,
                ServerException,
                OverloadedException,
                UnknownApiException {
    private static final int MESSAGE_BYTES = 1400;
    private static final Set<Integer> THROTTLING = Set.of(429, 503, 529);

    /** What the server said. */
    private final ApiFailure failure;

    ApiException(ApiFailure failure, FailureContext context) {
        super(describe(failure), null, context);
        this.failure = failure;
    }

    /**
     * The exception for an error, of the subtype its type or status asks for.
     *
     * @param failure what the server said
     * @param context what is known about the call
     * @return the exception
     */
    public static ApiException of(ApiFailure failure, FailureContext context) {
        ApiException known = ofType(failure.errorType(), failure, context);
        if (known == null) {
            // Gateways have words of their own; the status then says what a caller would catch.
            known = ofType(failure.typeOfStatus(), failure, context);
        }
        return known == null ? new UnknownApiException(failure, context) : known;
    }

    private static @Nullable ApiException ofType(String type, ApiFailure failure, FailureContext context) {
        return switch (type) {
            case "invalid_request_error" -> new InvalidRequestException(failure, context);
            case "authentication_error" -> new AuthenticationException(failure, context);
            case "billing_error" -> new BillingException(failure, context);
            case "permission_error" -> new PermissionException(failure, context);
            case "not_found_error" -> new NotFoundException(failure, context);
            case "request_too_large" -> new RequestTooLargeException(failure, context);
            case "conflict_error" -> new ConflictException(failure, context);
            case "rate_limit_error" -> new RateLimitException(failure, context);
            case "timeout_error" -> new ApiTimeoutException(failure, context);
            case "api_error" -> new ServerException(failure, context);
            case "overloaded_error" -> new OverloadedException(failure, context);
            default -> null;
        };
    }

    @Override
    final ClaudeException copy(FailureContext context) {
        return of(failure, context);
    }

    @Override
    public final String label() {
        return failure.knownType();
    }

    @Override
    public final Origin origin() {
        return failure.inStream() ? Origin.STREAM : Origin.HTTP;
    }

    /**
     * The HTTP status as it came: 200 for an error inside the stream.
     *
     * @return the status of the response
     */
    public final int status() {
        return failure.response().status();
    }

    /**
     * The status that the error means: that of the response, or for an error inside the stream the one its type stands
     * for, such as 529 for {@code overloaded_error}.
     *
     * @return a status; 200 for an in-stream error of an unknown type
     */
    public final int effectiveStatus() {
        return failure.effectiveStatus();
    }

    /**
     * Whether too much was asked of the server, by this client or by all: 429, 503 or 529, or an error inside the
     * stream that means one of these.
     *
     * @return false for every other error
     */
    public final boolean isThrottling() {
        return this instanceof RateLimitException
                || this instanceof OverloadedException
                || THROTTLING.contains(effectiveStatus());
    }

    /**
     * The kind of error in the API's words.
     *
     * @return {@code error.type} verbatim; where the body had none, the type that the status stands for
     */
    public final String errorType() {
        return failure.errorType();
    }

    /**
     * The machine-readable reason.
     *
     * @return {@code error.details.error_code}, such as {@code enforced_spend_limit_reached}; an open set
     */
    public final Optional<String> errorCode() {
        return Optional.ofNullable(failure.error().code());
    }

    /**
     * The server's explanation, or the beginning of the page that came in its place.
     *
     * @return at most 1,400 bytes of UTF-8, control characters escaped
     */
    public final String apiMessage() {
        return ServerText.clean(failure.error().message(), MESSAGE_BYTES);
    }

    /**
     * Further details.
     *
     * @return {@code error.details}
     */
    public final Optional<Json> details() {
        return Optional.ofNullable(failure.error().details());
    }

    /**
     * Whether the error came inside a stream that had begun with 200.
     *
     * @return false if the response's own status was the error
     */
    public final boolean isInStream() {
        return failure.inStream();
    }

    /**
     * The head of the response: rate limits, request id, all headers.
     *
     * @return the head
     */
    public final ResponseMetadata response() {
        return failure.response();
    }

    private static String describe(ApiFailure failure) {
        ApiError error = failure.error();
        String text = ServerText.clean(error.message(), MESSAGE_BYTES);
        String code = error.code() == null ? "" : ", " + ServerText.clean(error.code(), 100);
        return ServerText.clean(failure.errorType(), 100)
                + code
                + (failure.inStream()
                        ? " inside the stream"
                        : " (HTTP " + failure.response().status() + ")")
                + (text.isEmpty() ? "" : ": " + text);
    }
}
