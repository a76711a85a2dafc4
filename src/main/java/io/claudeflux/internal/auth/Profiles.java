package io.claudeflux.internal.auth;

import io.claudeflux.error.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Named logins in files: {@code configs/<name>.json} says how, {@code credentials/<name>.json} has what it brought. */
final class Profiles {
    static final String DEFAULT = "default";
    private static final String SETTING = "profile";
    /** One file below the directory, and no other. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    private final Environment environment;
    private final Path directory;

    private Profiles(Environment environment, Path directory) {
        this.environment = environment;
        this.directory = directory;
    }

    /** Null if there is no place for profiles. */
    static @Nullable Profiles of(Environment environment) {
        Path directory = environment.configDirectory();
        return directory == null ? null : new Profiles(environment, directory);
    }

    /** Where a profile would be. */
    Path path(String name) {
        return directory.resolve("configs").resolve(name + ".json");
    }

    /** The name of the profile that is in use when nobody names one; blocks. */
    String active() {
        Path file = directory.resolve("active_config");
        return Files.isRegularFile(file)
                ? checked(file.toString(), SmallFile.read(SETTING, file).strip())
                : DEFAULT;
    }

    /** Refuses a name that could lead anywhere else. */
    static String checked(String where, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    SETTING,
                    where
                            + " must name a profile: 1 to 100 letters, digits, dots, dashes and underscores, no dot first",
                    null);
        }
        return name;
    }

    boolean exists(String name) {
        return Files.isRegularFile(path(name));
    }

    /** The login that a profile describes; blocks. */
    Login read(String name) {
        Path path = path(name);
        Fields profile = Fields.of(SETTING, path, SmallFile.read(SETTING, path));
        Fields how =
                profile.object("authentication").orElseThrow(() -> profile.invalid("authentication", "is missing"));
        return switch (how.required("type")) {
            case "oidc_federation" -> federated(path, profile, how);
            case "user_oauth" -> user(name, profile, how);
            default -> throw how.invalid("type", "is neither oidc_federation nor user_oauth");
        };
    }

    private Login federated(Path path, Fields profile, Fields how) {
        String organization = profile.id("organization_id");
        if (organization == null) {
            throw profile.invalid("organization_id", "is missing");
        }
        String rule = how.id("federation_rule_id");
        if (rule == null) {
            throw how.invalid("federation_rule_id", "is missing");
        }
        FederatedTokens.Party party =
                new FederatedTokens.Party(rule, organization, how.id("service_account_id"), profile.id("workspace_id"));
        Function<TokenEndpoint, Mono<String>> identity = identity(how);
        return new TokenLogin(
                endpoint -> new FederatedTokens(party, identity, endpoint),
                new TokenLogin.Origin(path.toString(), profile.string("base_url"), null));
    }

    private Function<TokenEndpoint, Mono<String>> identity(Fields how) {
        Fields token = how.object("identity_token").orElse(null);
        if (token == null) {
            Function<TokenEndpoint, Mono<String>> fromOutside = Federations.identity(environment);
            if (fromOutside == null) {
                throw how.invalid(
                        "identity_token", "is missing, and so are " + String.join(" and ", Federations.IDENTITY));
            }
            return fromOutside;
        }
        return switch (token.required("source")) {
            case "file" ->
                IdentityToken.ofFile(SETTING, directory.resolve(Environment.path(SETTING, token.required("path"))));
            case "value" -> IdentityToken.ofValue(SETTING, token.required("value"));
            default -> throw token.invalid("source", "is neither file nor value");
        };
    }

    private Login user(String name, Fields profile, Fields how) {
        String named = how.string("credentials_path");
        Path path = named == null
                ? directory.resolve("credentials").resolve(name + ".json")
                : directory.resolve(Environment.path(SETTING, named));
        if (!Files.exists(path)) {
            throw SmallFile.failed(
                    SETTING, path, "does not exist: log in, so that profile " + name + " has its tokens");
        }
        String clientId = how.id("client_id");
        CredentialsFile file = new CredentialsFile(SETTING, path);
        return new TokenLogin(
                endpoint -> new UserTokens(file, clientId, endpoint),
                new TokenLogin.Origin(path(name).toString(), profile.string("base_url"), profile.id("workspace_id")));
    }
}
