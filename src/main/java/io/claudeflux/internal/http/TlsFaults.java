package io.claudeflux.internal.http;

import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

/** Why there is no TLS connection, in words that say what to do. */
final class TlsFaults {
    private static final int LONGEST_CHAIN = 20;

    private TlsFaults() {}

    /** What is wrong, as far as the JDK tells by type; its words differ between versions. */
    static String sentence(String host, Throwable fault) {
        return "no TLS connection to " + host + why(fault);
    }

    /** The dates first: a path that fails for them is a path that fails. */
    private static String why(Throwable fault) {
        if (has(fault, NotSslRecordException.class)) {
            return ": what answers there does not speak TLS; is it an http address, or the wrong port?";
        }
        if (has(fault, CertificateExpiredException.class)) {
            return ": its certificate has expired, or this machine's clock is wrong";
        }
        if (has(fault, CertificateNotYetValidException.class)) {
            return ": its certificate is not valid yet, or this machine's clock is wrong";
        }
        if (has(fault, CertPathBuilderException.class) || has(fault, CertPathValidatorException.class)) {
            return ": nobody whom this machine trusts vouches for its certificate; if a proxy of yours looks into TLS,"
                    + " add its authority to the JVM's trust store or set trustStore(...)";
        }
        if (has(fault, CertificateException.class)) {
            return ": its certificate is not for this host; check baseUrl";
        }
        return "; check its certificate, this machine's trust store, and what is in between";
    }

    private static boolean has(Throwable fault, Class<? extends Throwable> type) {
        Throwable cause = fault;
        for (int i = 0; cause != null && i < LONGEST_CHAIN; i++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
