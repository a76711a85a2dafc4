package io.claudeflux.example.chat;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.WebFilter;

/** The service: a page, and the relay behind it. */
@SpringBootApplication(proxyBeanMethods = false)
public class ChatApplication {
    private static final Logger LOG = LoggerFactory.getLogger(ChatApplication.class);

    /**
     * Less than what any property source says. Only this machine may spend the key; 2 s end the answers of a Ctrl-C.
     */
    private static final Map<String, Object> DEFAULTS = Map.of(
            "server.address", "127.0.0.1",
            "spring.application.name", "claude-flux-chat",
            "spring.main.banner-mode", "off",
            "spring.main.log-startup-info", "false",
            "spring.lifecycle.timeout-per-shutdown-phase", "2s",
            "claude-flux.shutdown.grace", "2s",
            "spring.webflux.problemdetails.enabled", "true",
            "logging.config", "classpath:io/claudeflux/example/chat/logback.xml");

    /** Everything that may come to the page comes from here, scripts and styles included. */
    private static final String ONLY_FROM_HERE =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** Made by Spring. */
    public ChatApplication() {}

    /**
     * Starts the service.
     *
     * @param args properties, as {@code --server.port=9090}
     */
    public static void main(String[] args) {
        application().run(args);
    }

    /**
     * The service before its start.
     *
     * @return an application with its defaults
     */
    static SpringApplication application() {
        SpringApplication application = new SpringApplication(ChatApplication.class);
        application.setDefaultProperties(DEFAULTS);
        return application;
    }

    @EventListener
    void sayWhere(ApplicationReadyEvent ready) {
        LOG.info(
                "Chat at http://127.0.0.1:{}/",
                ready.getApplicationContext().getEnvironment().getProperty("local.server.port"));
    }

    @Bean
    WebFilter securityHeaders() {
        return (exchange, chain) -> {
            HttpHeaders headers = exchange.getResponse().getHeaders();
            headers.set("Content-Security-Policy", ONLY_FROM_HERE);
            headers.set("X-Content-Type-Options", "nosniff");
            headers.set("Referrer-Policy", "no-referrer");
            return chain.filter(exchange);
        };
    }
}
