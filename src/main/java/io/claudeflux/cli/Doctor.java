package io.claudeflux.cli;

import io.claudeflux.config.Proxy;
import io.claudeflux.simulator.ClaudeSimulator;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at everything between here and an answer, one thing after another. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Finds out why no answer comes: key, address, proxy, name, connection, TLS, clock, and one request of one"
                    + " token, which costs next to nothing.",
            "Looks where ask looks: ANTHROPIC_API_KEY, ANTHROPIC_AUTH_TOKEN or ANTHROPIC_PROFILE, and"
                    + " ANTHROPIC_BASE_URL.",
            "Prints neither key nor content, so that its output can be shown to others."
        })
final class Doctor implements Callable<Integer> {
    private final Shell shell;
    private final List<Check> checks = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "<id>",
            description = "The model of the one request. Default: ${DEFAULT-VALUE}.")
    String model = "claude-haiku-4-5";

    @Option(
            names = "--proxy",
            paramLabel = "<url>",
            arity = "0..1",
            fallbackValue = "",
            description = "Connects through this proxy, http://host:port or socks5://host:port; without a value through"
                    + " the one of HTTPS_PROXY.")
    @Nullable String proxyUrl;

    @Option(names = "--simulate", description = "Examines a simulator inside this JVM instead of the API.")
    boolean simulate;

    Doctor(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (!simulate) {
            return examine(Patient.of(shell));
        }
        try (ClaudeSimulator simulator = ClaudeSimulator.start()) {
            return examine(Patient.simulated(shell, simulator.baseUrl()));
        }
    }

    private int examine(Patient patient) {
        add(Check.note("versions", Versions.line()));
        add(KeyCheck.of(patient, shell));
        boolean hasKey = !last().isFailed();
        String address = Address.of(patient, hasKey);
        add(Address.check(address, shell));
        if (last().isFailed()) {
            return summary();
        }
        URI url = URI.create(address.strip());
        Proxy proxy = proxy();
        if (last().isFailed()) {
            return summary();
        }
        boolean isReachable = reach(url, proxy);
        if (isReachable && hasKey && !shell.interrupt().isRaised()) {
            RequestCheck.of(patient, proxy, model, shell.interrupt()).forEach(this::add);
        } else {
            add(Check.note("request", "not sent" + (hasKey ? "" : reason(patient))));
        }
        return summary();
    }

    private static String reason(Patient patient) {
        return patient.hasSecret() ? ", since the key is no good" : ", since there is no key";
    }

    /** The proxy that was asked for; also says what was not asked for. */
    private @Nullable Proxy proxy() {
        String named = KeyCheck.firstSet(shell, "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");
        if (proxyUrl == null) {
            add(Check.note(
                    "proxy",
                    named == null
                            ? "none"
                            : "none; " + named + " is set, and only used when asked for: doctor --proxy"));
            return null;
        }
        String value = proxyUrl.isEmpty() && named != null ? shell.variable(named) : proxyUrl;
        if (value == null || value.isEmpty()) {
            add(Check.fail("proxy", "HTTPS_PROXY is not set", "Name the proxy: doctor --proxy http://host:port"));
            return null;
        }
        try {
            Proxy proxy = Proxy.parse(value);
            add(Check.ok("proxy", proxy.toString()));
            return proxy;
        } catch (IllegalArgumentException wrong) {
            add(Check.fail("proxy", String.valueOf(wrong.getMessage())));
            return null;
        }
    }

    /** As far as the server, or the proxy, which then goes the rest of the way. */
    private boolean reach(URI url, @Nullable Proxy proxy) {
        boolean isTls = url.getScheme().equalsIgnoreCase("https");
        int port = url.getPort() >= 0 ? url.getPort() : isTls ? 443 : 80;
        NetworkChecks network = new NetworkChecks(
                proxy == null ? url.getHost().replaceAll("[\\[\\]]", "") : proxy.host(),
                proxy == null ? port : proxy.port(),
                proxy != null);
        List<InetAddress> addresses = new ArrayList<>();
        add(network.dns(addresses));
        if (addresses.isEmpty()) {
            return false;
        }
        List<InetAddress> answering = new ArrayList<>();
        add(network.tcp(addresses, answering));
        if (answering.isEmpty()) {
            return false;
        }
        if (!isTls || proxy != null) {
            add(Check.note("tls", isTls ? "through the proxy, by the request" : "none: the address is plain http"));
            return true;
        }
        add(network.tls(answering.get(0)));
        return !last().isFailed();
    }

    private void add(Check check) {
        checks.add(check);
        check.print(shell);
    }

    private Check last() {
        return checks.get(checks.size() - 1);
    }

    private int summary() {
        if (shell.interrupt().isRaised()) {
            return Interrupt.EXIT_CODE;
        }
        long failed = checks.stream().filter(Check::isFailed).count();
        shell.out().println();
        shell.out()
                .println(
                        failed == 0 ? "Everything works." : failed + (failed == 1 ? " thing fails." : " things fail."));
        shell.out().flush();
        return failed == 0 ? Main.OK : Main.FAILED;
    }
}
