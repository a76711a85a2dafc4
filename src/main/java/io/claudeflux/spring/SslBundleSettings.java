package io.claudeflux.spring;

import io.claudeflux.ClaudeClient;
import java.security.KeyStore;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** Says to a builder what an SSL bundle holds, all of it or nothing: what it asks for in vain is refused. */
final class SslBundleSettings {
    private static final String PROPERTY = "ssl.bundle";

    private SslBundleSettings() {}

    static void apply(String name, @Nullable SslBundles bundles, ClaudeClient.Builder client) {
        SslBundle bundle = bundle(name, bundles);
        if (bundle.getOptions().isSpecified() || !bundle.getProtocol().equals(SslBundle.DEFAULT_PROTOCOL)) {
            throw ClientProperties.refusal(
                    PROPERTY,
                    "names the bundle \"" + name
                            + "\", which asks for a protocol or ciphers, and the client lets the JVM"
                            + " choose them: take them out of the bundle, or set them by a ClaudeClientCustomizer with"
                            + " httpClient(...)",
                    null);
        }
        KeyStore trusted = bundle.getStores().getTrustStore();
        boolean isShowing = bundle.getStores().getKeyStore() != null;
        if (trusted == null && !isShowing) {
            throw ClientProperties.refusal(
                    PROPERTY,
                    "names the bundle \"" + name + "\", which has neither a trust store nor a key store",
                    null);
        }
        if (trusted != null) {
            client.trustStore(trusted);
        }
        if (isShowing) {
            client.clientCertificate(bundle.getManagers().getKeyManagerFactory());
        }
    }

    private static SslBundle bundle(String name, @Nullable SslBundles bundles) {
        if (bundles == null) {
            throw ClientProperties.refusal(
                    PROPERTY, "is set and the application has no SSL bundles: SslAutoConfiguration is not there", null);
        }
        try {
            return bundles.getBundle(name);
        } catch (NoSuchSslBundleException unknown) {
            throw ClientProperties.refusal(
                    PROPERTY,
                    "names the bundle \"" + name + "\", which is none of " + bundles.getBundleNames()
                            + ": define it below spring.ssl.bundle",
                    unknown);
        }
    }
}
