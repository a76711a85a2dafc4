package io.claudeflux.spring;

import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.claudeflux.ClaudeClient;
import io.claudeflux.config.RetryPolicy;
import io.claudeflux.error.ConfigurationException;
import io.claudeflux.error.TransportException;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Certificates;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.Message;
import io.claudeflux.message.MessageRequest;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Whom a client trusts, and what it shows of itself, said by an SSL bundle. */
@Timeout(60)
class SslBundleTests {
    private static final Script ANSWER = reply(h200(), chunk(good("hi")), end());

    @TempDir
    static Path folder;

    private static Certificates certificates;
    private static SslStoreBundle both;

    @BeforeAll
    static void prepare() {
        certificates = Certificates.in(folder);
        both = SslStoreBundle.of(certificates.clientKeys(), Certificates.PASSWORD, certificates.trustStore());
    }

    @Test
    void aBundleOfPropertiesIsTrustedAndShownToAServerThatAsks() {
        try (ScriptedServer server = ScriptedServer.start(certificates.askingForTheClient(), ANSWER)) {
            new ApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(ClaudeFluxAutoConfiguration.class, SslAutoConfiguration.class))
                    .withPropertyValues(
                            "claude-flux.api-key=" + Canary.KEY,
                            "claude-flux.base-url=https://127.0.0.1:" + server.port(),
                            "claude-flux.ssl.bundle=ours",
                            "spring.ssl.bundle.jks.ours.truststore.location=" + certificates.trustStoreFile(),
                            "spring.ssl.bundle.jks.ours.truststore.password=" + Certificates.PASSWORD,
                            "spring.ssl.bundle.jks.ours.keystore.location=" + certificates.clientKeysFile(),
                            "spring.ssl.bundle.jks.ours.keystore.password=" + Certificates.PASSWORD)
                    .run(context -> assertThat(
                                    answer(context.getBean(ClaudeClient.class)).isComplete())
                            .isTrue());
        }
    }

    @Test
    void withoutAKeyStoreNothingIsShown() {
        SslStoreBundle trusting = SslStoreBundle.of(null, null, certificates.trustStore());
        try (ScriptedServer asking = ScriptedServer.start(certificates.askingForTheClient(), ANSWER);
                ScriptedServer content = ScriptedServer.start(certificates.good(), ANSWER);
                ClaudeClient stranger = client(asking, SslBundle.of(trusting));
                ClaudeClient guest = client(content, SslBundle.of(trusting))) {
            assertThat(answer(stranger).error(TransportException.class).getMessage())
                    .doesNotContain("\n");
            assertThat(asking.reqs()).isZero();
            assertThat(answer(guest).isComplete()).isTrue();
        }
    }

    @Test
    void withoutATrustStoreTheJvmsIsTrusted() {
        KeyStore keys = certificates.clientKeys();
        try (ScriptedServer server = ScriptedServer.start(certificates.askingForTheClient(), ANSWER);
                ClaudeClient client =
                        client(server, SslBundle.of(SslStoreBundle.of(keys, Certificates.PASSWORD, null)))) {
            assertThat(answer(client).error(TransportException.class).kind()).isEqualTo(TransportException.Kind.TLS);
        }
    }

    @Test
    void whatABundleAsksForInVainIsRefused() {
        expectRefusal(SslBundle.of(SslStoreBundle.NONE), "has neither a trust store nor a key store");
        expectRefusal(SslBundle.of(both, SslBundleKey.NONE, SslOptions.of(null, Set.of("TLSv1.3"))), "asks for");
        expectRefusal(SslBundle.of(both, SslBundleKey.NONE, SslOptions.NONE, "TLSv1.3"), "asks for a protocol");
        expectRefusal(null, "is set and the application has no SSL bundles");
    }

    private static void expectRefusal(@Nullable SslBundle bundle, String why) {
        SslBundles bundles = bundle == null ? null : new DefaultSslBundleRegistry("b", bundle);
        assertThatThrownBy(() -> SslBundleSettings.apply("b", bundles, ClaudeClient.builder()))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        refused -> assertThat(refused.setting()).isEqualTo("claude-flux.ssl.bundle"))
                .hasMessageStartingWith("claude-flux.ssl.bundle ")
                .hasMessageContaining(why);
    }

    private static ClaudeClient client(ScriptedServer server, SslBundle bundle) {
        ClaudeClient.Builder builder = ClaudeClient.builder()
                .apiKey(Canary.KEY)
                .baseUrl("https://127.0.0.1:" + server.port())
                .retry(RetryPolicy.none());
        SslBundleSettings.apply("b", new DefaultSslBundleRegistry("b", bundle), builder);
        return builder.build();
    }

    private static Outcome<Message> answer(ClaudeClient client) {
        return Outcome.of(client.messages()
                .create(MessageRequest.builder()
                        .model("m")
                        .maxTokens(1)
                        .user("hi")
                        .build()));
    }
}
