package io.claudeflux.spring;

import static io.claudeflux.fixture.Frames.be;
import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.md;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Frames.st;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.await;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.CallContext;
import io.claudeflux.CallListener;
import io.claudeflux.ClaudeClient;
import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.Canary;
import io.claudeflux.fixture.Gate;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.StreamEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A WebFlux application as Boot itself makes it, with its server, Actuator and a client in a controller. */
@Timeout(60)
class RunningApplicationTests {
    private static final Duration SOON = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCallBelongsToTheWebRequestAndToItsTenantAndIsSeenByActuator(boolean isLazy) throws IOException {
        try (ScriptedServer api = ScriptedServer.start(reply(h200(), chunk(good("hi")), end()));
                ConfigurableApplicationContext application = start(api, isLazy)) {
            assertThat(text(get(application, "/answer", "acme"))).contains("message_stop");

            Heard heard = application.getBean(Heard.class);
            assertThat(heard.tenants).containsExactly("acme");
            Await.untilOrFail("all has ended", SOON, () -> heard.parents.size() == 3);
            assertThat(heard.parents)
                    .containsExactly(
                            "claude.flux.attempt of gen_ai.client.operation.duration",
                            "gen_ai.client.operation.duration of http.server.requests",
                            "http.server.requests of none");
            assertThat(text(get(application, "/actuator/prometheus", "acme")))
                    .containsPattern("gen_ai_client_operation_duration_seconds_bucket\\{.*le=\"0.01\"")
                    .containsPattern("gen_ai_client_operation_duration_seconds_bucket\\{.*le=\"81.92\"")
                    .containsPattern("gen_ai_client_token_usage_bucket\\{.*le=\"6.7108864E7\"")
                    .contains("claude_flux_calls_total{client=\"default\",outcome=\"completed\"} 1.0")
                    .contains("claude_flux_permits_limit{client=\"default\"} 256.0");
        }
    }

    @Test
    void anAnswerUnderWayComesToItsEndWhenTheApplicationIsClosed() throws Exception {
        Gate rest = new Gate();
        String more = d(0, "b") + be(0) + md() + st();
        try (ScriptedServer api =
                ScriptedServer.start(reply(h200(), chunk(ms() + bs(0)), await(rest), chunk(more), end()))) {
            ConfigurableApplicationContext application = start(api, false);
            InputStream answer = get(application, "/answer", "acme").getInputStream();
            assertThat(answer.read()).isEqualTo('d');
            Schedulers.boundedElastic().schedule(application::close);
            Await.untilOrFail("new requests are refused", SOON, () -> isRefusing(application));
            rest.open();
            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("message_stop");
            Await.untilOrFail("it is closed", SOON, () -> !application.isActive());
            assertThat(api.reqs()).isEqualTo(1);
        }
    }

    private static boolean isRefusing(ConfigurableApplicationContext application) {
        try {
            return get(application, "/actuator/health", "acme").getResponseCode() == 503;
        } catch (IOException refused) {
            return true;
        }
    }

    private static ConfigurableApplicationContext start(ScriptedServer api, boolean isLazy) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setLazyInitialization(isLazy);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "server.shutdown", "graceful",
                "spring.main.banner-mode", "off",
                "management.endpoints.web.exposure.include", "health,prometheus",
                "claude-flux.tenants.source", "header",
                "claude-flux.api-key", Canary.KEY,
                "claude-flux.base-url", api.baseUrl()));
        return application.run();
    }

    private static HttpURLConnection get(ConfigurableApplicationContext application, String path, String tenant)
            throws IOException {
        String port = application.getEnvironment().getProperty("local.server.port");
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setReadTimeout((int) SOON.toMillis());
        connection.setRequestProperty("connection", "close");
        connection.setRequestProperty("X-Tenant-Id", tenant);
        return connection;
    }

    private static String text(HttpURLConnection connection) throws IOException {
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {
        @Bean
        Answers answers(ClaudeClient claude) {
            return new Answers(claude);
        }

        @Bean
        Heard heard() {
            return new Heard();
        }

        /** Its event loops wait 2 s for more work when they are closed. */
        @Bean
        static BeanPostProcessor noQuietPeriod() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessBeforeInitialization(Object bean, String name) {
                    if (bean instanceof ReactorResourceFactory resources) {
                        resources.setShutdownQuietPeriod(Duration.ZERO);
                    }
                    return bean;
                }
            };
        }
    }

    @RestController
    static class Answers {
        private final ClaudeClient claude;

        Answers(ClaudeClient claude) {
            this.claude = claude;
        }

        @GetMapping(path = "/answer", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<String> answer() {
            MessageRequest request = MessageRequest.builder()
                    .model("claude-sonnet-5-5")
                    .maxTokens(1)
                    .user("hi")
                    .build();
            return claude.messages().stream(request).map(StreamEvent::type);
        }
    }

    /** Which observations have ended, each with its parent, and on whose behalf calls were made. */
    static class Heard implements ObservationHandler<Observation.Context>, CallListener {
        final List<String> parents = new CopyOnWriteArrayList<>();
        final List<String> tenants = new CopyOnWriteArrayList<>();

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onStop(Observation.Context ended) {
            ObservationView parent = ended.getParentObservation();
            parents.add(ended.getName() + " of "
                    + (parent == null ? "none" : parent.getContextView().getName()));
        }

        @Override
        public CallListener onCall(Start start) {
            tenants.add(start.context().getOrDefault(CallContext.TENANT, ""));
            return this;
        }
    }
}
