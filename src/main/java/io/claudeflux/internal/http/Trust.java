package io.claudeflux.internal.http;

import io.claudeflux.error.ConfigurationException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/** Whose certificates are believed, that each is for the host that was asked, and which one is shown. */
final class Trust {
    private static final String SETTING = "trustStore";
    private static final String HTTPS = "HTTPS";

    private Trust() {}

    /** The client with the store's certificates in place of the JVM's, and with a certificate of its own. */
    static HttpClient secured(@Nullable KeyStore store, @Nullable KeyManagerFactory keys, HttpClient client) {
        if (store == null && keys == null) {
            return client;
        }
        SslContext context = context(store == null ? null : managers(store), keys);
        return client.secure(tls -> tls.sslContext(context));
    }

    private static SslContext context(@Nullable TrustManagerFactory trusted, @Nullable KeyManagerFactory keys) {
        try {
            return SslContextBuilder.forClient()
                    .trustManager(trusted)
                    .keyManager(keys)
                    .build();
        } catch (SSLException | IllegalStateException unusable) {
            String setting = keys == null ? SETTING : "clientCertificate";
            throw new ConfigurationException(setting, setting + " cannot be used; was it initialized?", unusable);
        }
    }

    private static TrustManagerFactory managers(KeyStore store) {
        try {
            if (store.size() == 0) {
                throw new ConfigurationException(SETTING, SETTING + " is empty, so that nobody would be trusted", null);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            return managers;
        } catch (GeneralSecurityException unusable) {
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
