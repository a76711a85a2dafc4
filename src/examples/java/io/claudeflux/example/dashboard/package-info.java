/**
 * Metrics of a client for Prometheus, and a dashboard for Grafana that shows them.
 *
 * <pre>
 * mvn -q -Pexamples test-compile exec:java -Dexec.mainClass=io.claudeflux.example.dashboard.Dashboard
 * curl http://127.0.0.1:9464/metrics
 * </pre>
 *
 * <p>A client asks a simulated Claude API that fails now and then. The dashboard is
 * {@code src/examples/resources/dashboard/claude-flux.json}: import it, and choose the Prometheus that scrapes the
 * address above. Its panels stand in the order in which somebody on call asks: is it used and does it work, how slow is
 * it, what fails, who waits, and what does it consume.
 */
@NullMarked
package io.claudeflux.example.dashboard;

import org.jspecify.annotations.NullMarked;
