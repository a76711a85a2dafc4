package io.claudeflux.error;

/** The account cannot pay for the request ({@code billing_error}, 402). */
public final class BillingException extends ApiException {
    BillingException(ApiFailure failure, FailureContext context) {
        super(failure, context);
    }
}
