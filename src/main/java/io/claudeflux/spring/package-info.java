/**
 * Spring Boot: with this jar in an application of Spring Boot 4.1 or 3.5, a key is enough, and a
 * {@link io.claudeflux.ClaudeClient} can be injected.
 *
 * <p>{@link io.claudeflux.spring.ClaudeFluxAutoConfiguration} makes it unless there is a bean of that type. It runs on
 * the application's event loops and has connections of its own. Beans of type {@link io.claudeflux.CallListener} hear
 * of its calls, and {@link io.claudeflux.spring.ClaudeClientCustomizer}s change it after the properties. What cannot be
 * right fails the start, and the analysis names the property, where it is set, and never its value.
 *
 * <table>
 *   <caption>Properties below {@code claude-flux}; what is not set has the client's own default</caption>
 *   <tr><th>Property</th><th>What it is</th></tr>
 *   <tr><td>{@code enabled}</td><td>whether there is a client, true</td></tr>
 *   <tr><td>{@code api-key}, {@code auth-token}, {@code profile}</td><td>who asks: one of them, else the environment,
 *       such as {@code ANTHROPIC_API_KEY}; without any, the application does not start</td></tr>
 *   <tr><td>{@code base-url}, {@code allow-plaintext}</td><td>where the API is, and whether plain http to another
 *       machine is allowed</td></tr>
 *   <tr><td>{@code api-version}, {@code betas}, {@code headers.*}</td><td>what every request carries</td></tr>
 *   <tr><td>{@code fallback-models}, {@code preflight}, {@code terminal}</td><td>other models to ask, the look at a
 *       request before it is sent, and {@code strict} or {@code lenient} about its end</td></tr>
 *   <tr><td>{@code max-concurrent-requests}, {@code max-queued-requests}, {@code adaptive-concurrency.min}</td>
 *       <td>permits, 256; places in the queue, 1,000; the least that the permits may fall to, off</td></tr>
 *   <tr><td>{@code cool-down}, {@code pacing.enabled}, {@code pacing.learn}</td><td>whether a 429 keeps back its model,
 *       true; whether the client stays within limits of its own accord, false, and learns them</td></tr>
 *   <tr><td>{@code pacing.quota.*}, {@code pacing.quotas[model].*}</td><td>{@code requests}, {@code input-tokens} and
 *       {@code output-tokens} a minute, of every model and of one</td></tr>
 *   <tr><td>{@code retry.*}</td><td>{@code max-retries}, 2; {@code ambiguous}, true;
 *       {@code transient-backoff.base} and {@code .cap}, 100 ms to 8 s; {@code throttling-backoff.base} and
 *       {@code .cap}, 1 s to 20 s; {@code max-retry-after}, 120 s; {@code max-total-delay}, 240 s; {@code budget},
 *       500</td></tr>
 *   <tr><td>{@code timeouts.*}</td><td>{@code connect}, 10 s; {@code queue}, 30 s; {@code first-byte}, 180 s;
 *       {@code idle}, 120 s; {@code progress}, 300 s; {@code total}, off; 0 switches a clock off</td></tr>
 *   <tr><td>{@code limits.*}</td><td>{@code max-event-size}, {@code max-error-body-size},
 *       {@code max-response-header-size}, {@code max-request-size}, {@code max-partial-chars}</td></tr>
 *   <tr><td>{@code proxy.url}, {@code proxy.from-environment}</td><td>a proxy, or the one of
 *       {@code HTTPS_PROXY}</td></tr>
 *   <tr><td>{@code ssl.bundle}</td><td>a bundle of {@code spring.ssl.bundle}: its trust store says whom to trust, its
 *       key store what to show. It is read once; a bundle that asks for protocols or ciphers is refused</td></tr>
 *   <tr><td>{@code shutdown.grace}</td><td>how long calls go on when the application stops, 20 s</td></tr>
 *   <tr><td>{@code tenants.source}, {@code tenants.header}</td><td>{@code none}, {@code header} ({@code X-Tenant-Id}) or
 *       {@code principal}: who takes turns with whom in the queue</td></tr>
 *   <tr><td>{@code observations.enabled}, {@code metrics.enabled}</td><td>whether Micrometer is told, where it is there,
 *       true</td></tr>
 * </table>
 *
 * <p>When the application stops, every {@code ClaudeClient} bean, its own ones included, first refuses new calls and
 * lets those under way end: behind the web server and the task executors, ahead of the event loops, and no longer than
 * {@code spring.lifecycle.timeout-per-shutdown-phase}. {@code stop()} of a context that is not closed leaves it alone.
 *
 * <p>Where Actuator is there, {@code /actuator/health} has a component {@code claudeFlux} that is always up, since no
 * restart helps where the API is overloaded, and shows permits, queue, calls and the models that are kept back, without
 * asking the API; {@code management.health.claude-flux.enabled=false} switches it off.
 *
 * <p>The tenant of a request to a WebFlux application is the first 128 characters of a header, which is any client's
 * word: take it where a gateway sets it. Code of the application may say it with
 * {@link io.claudeflux.CallContext#tenant}.
 */
@NullMarked
package io.claudeflux.spring;

import org.jspecify.annotations.NullMarked;
