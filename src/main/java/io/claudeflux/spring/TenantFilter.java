package io.claudeflux.spring;

import io.claudeflux.CallContext;
import io.claudeflux.spring.ClaudeFluxProperties.Tenants.Source;
import java.security.Principal;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Names the tenant of each web request to all calls that are made for it. */
final class TenantFilter implements WebFilter, Ordered {
    /** Anybody writes what it likes into a header, and it stays in the queue for as long as the call does. */
    private static final int MAX_CHARS = 128;

    /** Behind Spring Security, which is at -100 and knows who asks; ahead of filters without an order. */
    private static final int ORDER = -50;

    private final ClaudeFluxProperties.Tenants tenants;

    TenantFilter(ClaudeFluxProperties.Tenants tenants) {
        this.tenants = tenants;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return tenant(exchange).flatMap(tenant -> {
            Mono<Void> rest = chain.filter(exchange);
            return tenant.isEmpty() ? rest : rest.contextWrite(CallContext.tenant(tenant));
        });
    }

    /** Empty if nobody is named. */
    private Mono<String> tenant(ServerWebExchange exchange) {
        if (tenants.source() == Source.HEADER) {
            String named = exchange.getRequest().getHeaders().getFirst(tenants.header());
            return Mono.just(named == null ? "" : bounded(named.strip()));
        }
        return tenants.source() == Source.NONE
                ? Mono.just("")
                : exchange.getPrincipal()
                        .map(Principal::getName)
                        .map(TenantFilter::bounded)
                        .defaultIfEmpty("");
    }

    private static String bounded(String name) {
        return name.length() > MAX_CHARS ? name.substring(0, MAX_CHARS) : name;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
