package io.claudeflux.cli;

import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.catalog.ModelQuery;
import io.claudeflux.message.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which models there are. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the models that are served, as a table; with an id, all that is known of that one.",
            "Asks whom ask asks: the API that the environment names, otherwise a simulator that makes some up."
        })
final class ListModels implements Callable<Integer> {
    private final Shell shell;

    @Option(names = "--all", description = "Retired models too.")
    boolean all;

    @Option(names = "--json", description = "Prints one model a line as JSON.")
    boolean json;

    @Parameters(arity = "0..1", paramLabel = "<id>", description = "A model's id or alias.")
    @Nullable String id;

    ListModels(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        String name = id;
        if (name != null && name.isBlank()) {
            return shell.fail(Main.USAGE, "the id is blank; see claude-flux models --help");
        }
        return Session.run(
                shell,
                connection -> name == null
                        ? Session.print(
                                shell,
                                connection
                                        .claude()
                                        .models()
                                        .list(all ? ModelQuery.all() : ModelQuery.served())
                                        .collectList(),
                                this::list)
                        : Session.print(shell, connection.claude().models().retrieve(name), this::one));
    }

    private void list(List<ModelInfo> models) {
        List<String> lines =
                json ? models.stream().map(model -> Json.of(model).text()).toList() : ModelTable.of(models);
        lines.forEach(shell.out()::println);
    }

    private void one(ModelInfo model) {
        List<String> lines = json ? List.of(Json.of(model).text()) : ModelTable.card(model);
        lines.forEach(shell.out()::println);
    }
}
