package io.claudeflux.tool;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.CacheControl;
import io.claudeflux.message.ConfigurableTool;
import io.claudeflux.message.CustomTool;
import io.claudeflux.message.Json;
import io.claudeflux.message.Tool;
import io.claudeflux.schema.JsonSchema;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A tool that the application runs: what the model is told of it, and the function behind it.
 *
 * <pre>{@code
 * record City(String name) {}
 *
 * ClientTool weather = ClientTool.of("get_weather", "The weather in a city now.", City.class,
 *         city -> forecasts.find(city.name()));          // a Mono
 * ClientTool stock = ClientTool.blocking("get_stock", "Pieces in stock.", Article.class,
 *         article -> jdbc.count(article.id()));           // a value, on a thread that may block
 * }</pre>
 *
 * <p>A function that returns a {@code Mono} is called on whatever thread the answer's last event came by, which is an
 * event loop, and MUST NOT block; its {@code Mono} is subscribed to once for each call, with the Reactor Context of the
 * run, and is cancelled when the call is late or the run is cancelled. A function that may block is one of
 * {@link #blocking}, and is interrupted then.
 *
 * <p>What comes of it is told to the model under the rules of {@link ToolResult#from}: a string as it is, another value
 * as its JSON, nothing as an empty result.
 *
 * <p>Immutable; the {@code withX} methods return copies. Making a schema from a class needs the optional library
 * {@code com.github.victools:jsonschema-generator}; with a schema of your own nothing is needed.
 */
public final class ClientTool {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");

    private final String name;
    private final Tool definition;
    private final ToolBody body;
    private final @Nullable Duration timeout;
    private final @Nullable Scheduler aside;

    private ClientTool(Tool definition, ToolBody body, @Nullable Duration timeout, @Nullable Scheduler aside) {
        this.name = Toolbox.name(definition);
        this.definition = definition;
        this.body = body;
        this.timeout = timeout;
        this.aside = aside;
        if (!NAME.matcher(name).matches()) {
            throw new ConfigurationException(
                    "tools",
                    "a tool's name is 1 to 128 letters, digits, _ and - but was "
                            + (name.isEmpty() ? "missing" : "one of " + name.length() + " characters"),
                    null);
        }
    }

    /**
     * A function that may block.
     *
     * @param <I> what it takes
     */
    @FunctionalInterface
    public interface Blocking<I> {
        /**
         * Does the work of one call.
         *
         * @param input what the model asks for
         * @return what it is told, see {@link ToolResult#from}
         * @throws Exception if it fails; a {@link ToolException} speaks to the model
         */
        @Nullable Object call(I input) throws Exception;
    }

    /**
     * A tool whose schema is made from the class of its input. A call that lacks something is not run: only an
     * {@link Optional} or what is marked {@code Nullable} may be missing.
     *
     * @param name 1 to 128 letters, digits, underscores and dashes
     * @param description what it does and when to use it, for the model
     * @param input the class, such as a record; its components are the members of the input
     * @param function must not block
     * @param <I> what it takes
     * @return the tool
     * @throws ConfigurationException if the name cannot be one, no schema can be made of the class, or the library that
     *     makes schemas is missing
     */
    public static <I> ClientTool of(
            String name, String description, Class<I> input, Function<? super I, ? extends Mono<?>> function) {
        JsonSchema schema = JsonSchema.of(input);
        return new ClientTool(
                custom(name, description, schema.json()),
                ToolBody.signalling(InputReader.into(input, schema), started(function)),
                null,
                null);
    }

    /**
     * A tool with a schema of your own.
     *
     * @param name 1 to 128 letters, digits, underscores and dashes
     * @param description what it does and when to use it, for the model
     * @param schema the JSON schema of its input, of type {@code object}
     * @param function takes the input as it came, an object that nobody has checked against the schema; must not block
     * @return the tool
     * @throws ConfigurationException if the name cannot be one
     */
    public static ClientTool of(
            String name, String description, Json schema, Function<? super Json, ? extends Mono<?>> function) {
        return of(custom(name, description, schema), function);
    }

    /**
     * A function for a tool that is defined elsewhere, such as {@code bash_20250124} or {@code memory_20250818}, which
     * the model knows and the application runs.
     *
     * @param definition the tool as it is sent; it has a name
     * @param function takes the input as it came; must not block
     * @return the tool
     * @throws ConfigurationException if the name cannot be one
     */
    public static ClientTool of(Tool definition, Function<? super Json, ? extends Mono<?>> function) {
        return new ClientTool(
                definition, ToolBody.signalling(Function.<Json>identity(), started(function)), null, null);
    }

    /**
     * A tool that may block, with a schema made from the class of its input. It runs on
     * {@code Schedulers.boundedElastic()} unless {@link #withExecutor} says otherwise.
     *
     * @param name 1 to 128 letters, digits, underscores and dashes
     * @param description what it does and when to use it, for the model
     * @param input the class, such as a record
     * @param function may block and throw; is interrupted when the call is late or the run is cancelled
     * @param <I> what it takes
     * @return the tool
     * @throws ConfigurationException as in {@link #of(String, String, Class, Function)}
     */
    public static <I> ClientTool blocking(
            String name, String description, Class<I> input, Blocking<? super I> function) {
        JsonSchema schema = JsonSchema.of(input);
        return new ClientTool(
                custom(name, description, schema.json()),
                ToolBody.blocking(InputReader.into(input, schema), function),
                null,
                null);
    }

    /**
     * A tool that may block, with a schema of your own.
     *
     * @param name 1 to 128 letters, digits, underscores and dashes
     * @param description what it does and when to use it, for the model
     * @param schema the JSON schema of its input, of type {@code object}
     * @param function may block and throw; is interrupted when the call is late or the run is cancelled
     * @return the tool
     * @throws ConfigurationException if the name cannot be one
     */
    public static ClientTool blocking(String name, String description, Json schema, Blocking<? super Json> function) {
        return blocking(custom(name, description, schema), function);
    }

    /**
     * A function that may block, for a tool that is defined elsewhere.
     *
     * @param definition the tool as it is sent; it has a name
     * @param function may block and throw
     * @return the tool
     * @throws ConfigurationException if the name cannot be one
     */
    public static ClientTool blocking(Tool definition, Blocking<? super Json> function) {
        return new ClientTool(definition, ToolBody.blocking(Function.<Json>identity(), function), null, null);
    }

    /**
     * A tool for each method of an object that {@link ToolMethod} marks, those of its superclasses and interfaces
     * included.
     *
     * <pre>{@code
     * class Shop {
     *     @ToolMethod(description = "Pieces of an article in stock.")
     *     int stock(@ToolParam(description = "its number") String article) { ... }   // may block
     *
     *     @ToolMethod(name = "get_weather", description = "The weather in a city now.")
     *     Mono<Weather> weather(City city) { ... }                                   // must not
     * }
     * }</pre>
     *
     * @param bean the object whose methods are called
     * @return the tools, in the order of their names
     * @throws ConfigurationException if no method is marked, or one of them cannot be a tool; the message says why
     */
    public static List<ClientTool> methodsOf(Object bean) {
        return ToolMethods.of(bean);
    }

    static ClientTool of(CustomTool definition, ToolBody body) {
        return new ClientTool(definition, body, null, null);
    }

    private static <I> Blocking<I> started(Function<? super I, ? extends Mono<?>> function) {
        return input -> Objects.requireNonNull(function.apply(input), "the tool returned null in place of a Mono");
    }

    private static CustomTool custom(String name, String description, Json schema) {
        return new CustomTool(name, Objects.requireNonNull(description, "description"), schema);
    }

    /**
     * The tool's name.
     *
     * @return the name that the model calls it by
     */
    public String name() {
        return name;
    }

    /**
     * What the model is told of it: a {@link CustomTool}, unless it was made from another definition.
     *
     * @return the definition, as it is added to requests
     */
    public Tool definition() {
        return definition;
    }

    /**
     * How long a call may take.
     *
     * @return the limit, zero for none; empty for that of the runner
     */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /**
     * Sets how long a call may take, the wait for a thread included.
     *
     * @param limit instead of the runner's; 0 for none
     * @return a copy
     * @throws IllegalArgumentException if it is negative or longer than one day
     */
    public ClientTool withTimeout(Duration limit) {
        return new ClientTool(definition, body, RunRules.checkTimeout(limit), aside);
    }

    /**
     * Sets where a tool that blocks is run, such as an executor of virtual threads. Nothing changes for one that does
     * not block.
     *
     * @param executor stays the application's to shut down
     * @return a copy
     */
    public ClientTool withExecutor(ExecutorService executor) {
        return new ClientTool(definition, body, timeout, Schedulers.fromExecutorService(executor));
    }

    /**
     * Sets whether the model's input is made to fit the schema, which the schema must allow: every member required, no
     * others.
     *
     * @param isStrict true to have it guaranteed
     * @return a copy
     * @throws IllegalStateException if the definition is of a type that this version does not know
     */
    public ClientTool withStrict(boolean isStrict) {
        return configured(tool -> tool.withStrict(isStrict));
    }

    /**
     * Sets whether the definition is left out of what the model reads until a tool search finds it.
     *
     * @param isDeferred true to have it found first
     * @return a copy
     * @throws IllegalStateException if the definition is of a type that this version does not know
     */
    public ClientTool withDeferLoading(boolean isDeferred) {
        return configured(tool -> tool.withDeferLoading(isDeferred));
    }

    /**
     * Sets a cache breakpoint behind the definition.
     *
     * @param cacheControl the breakpoint; null for none
     * @return a copy
     * @throws IllegalStateException if the definition is of a type that this version does not know
     */
    public ClientTool withCacheControl(@Nullable CacheControl cacheControl) {
        return configured(tool -> tool.withCacheControl(cacheControl));
    }

    /**
     * Sets everything the model is told of it, for fields that have no method here.
     *
     * @param definition the tool as it is sent
     * @return a copy
     * @throws ConfigurationException if the name cannot be one
     */
    public ClientTool withDefinition(Tool definition) {
        return new ClientTool(definition, body, timeout, aside);
    }

    /** One call: cold, what was thrown or signalled as a value. */
    Mono<Attempt<ToolResult>> call(Json input) {
        // The pool for code that blocks; a tool that never does leaves it alone.
        return body.call(input, aside == null ? Schedulers.boundedElastic() : aside);
    }

    private ClientTool configured(Function<ConfigurableTool<?>, ?> change) {
        if (definition instanceof ConfigurableTool<?> tool && change.apply(tool) instanceof Tool changed) {
            return withDefinition(changed);
        }
        throw new IllegalStateException("the definition of " + name + " has no such option: use withDefinition");
    }

    @Override
    public String toString() {
        return "ClientTool[" + name + "]";
    }
}
