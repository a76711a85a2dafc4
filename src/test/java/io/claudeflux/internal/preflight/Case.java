package io.claudeflux.internal.preflight;

import io.claudeflux.config.ApiVersion;
import io.claudeflux.error.Finding;
import io.claudeflux.message.Json;
import io.claudeflux.message.MessageRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A request and what is to be found in it.
 *
 * @param name what it shows
 * @param body its fields, with ' for ", on top of a model, a limit and one user turn
 * @param version the version it is sent with
 * @param betas the betas it is sent with
 * @param isSimulated whether the simulator judges this, too
 * @param findings severity, path and problem of all that is to be found
 */
record Case(
        String name, String body, ApiVersion version, Set<String> betas, boolean isSimulated, List<String> findings) {
    private static final String BASE =
            "{'model':'claude-sonnet-5-5','max_tokens':4096,'messages':[{'role':'user','content':'Hi'}]}";

    static Case given(String name, String body, String... findings) {
        return new Case(name, body, ApiVersion.V2023_06_01, Set.of(), false, List.of(findings));
    }

    /** The same, which the simulator refuses too. */
    static Case simulated(String name, String body, String... findings) {
        return new Case(name, body, ApiVersion.V2023_06_01, Set.of(), true, List.of(findings));
    }

    Case with(ApiVersion other) {
        return new Case(name, body, other, betas, isSimulated, findings);
    }

    Case with(String... others) {
        return new Case(name, body, version, Set.of(others), isSimulated, findings);
    }

    MessageRequest request() {
        return request(body);
    }

    static MessageRequest request(String body) {
        Map<String, Json> fields = new LinkedHashMap<>(parse(BASE).members());
        fields.putAll(parse(body).members());
        return Json.of(fields).as(MessageRequest.class);
    }

    private static Json parse(String quoted) {
        return Json.parse(quoted.replace('\'', '"'));
    }

    List<Finding> found() {
        return Preflight.check(request(), new Preflight.Terms(version.value(), betas));
    }

    static String line(Finding finding) {
        return finding.severity() + " " + finding.path() + " "
                + finding.problem().replace('"', '\'');
    }

    boolean isRefused() {
        return findings.stream().anyMatch(line -> line.startsWith("REFUSED"));
    }

    @Override
    public String toString() {
        return name;
    }
}
