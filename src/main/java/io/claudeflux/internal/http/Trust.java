package io.claudeflux.internal.http;

import io.claudeflux.error.ConfigurationException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import reactor.netty.http.client.HttpClient;

/** Whose certificates are believed, and that each is for the host that was asked. */
final class Trust {
    private static final String SETTING = "trustStore";
    private static final String HTTPS = "HTTPS";

    private Trust() {}

    /** The client with the store's certificates in place of the JVM's. */
    static HttpClient only(KeyStore store, HttpClient client) {
        SslContext context = context(store);
        return client.secure(tls -> tls.sslContext(context));
    }

    private static SslContext context(KeyStore store) {
        try {
            if (store.size() == 0) {
                throw new ConfigurationException(SETTING, SETTING + " is empty, so that nobody would be trusted", null);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            return SslContextBuilder.forClient().trustManager(managers).build();
        } catch (GeneralSecurityException | SSLException unusable) {
            throw new ConfigurationException(SETTING, SETTING + " cannot be used; was it loaded?", unusable);
        }
    }

    /** Has the host compared with the certificate's, which a customized TLS context may have forgotten. */
    static void compareHost(SslHandler tls) {
        SSLEngine engine = tls.engine();
        SSLParameters parameters = engine.getSSLParameters();
        if (!HTTPS.equalsIgnoreCase(parameters.getEndpointIdentificationAlgorithm())) {
            parameters.setEndpointIdentificationAlgorithm(HTTPS);
            engine.setSSLParameters(parameters);
        }
    }
}
