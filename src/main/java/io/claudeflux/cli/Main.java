package io.claudeflux.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;

/**
 * The command line of claude-flux; see {@code --help}.
 *
 * <p>Exit codes: 0 when all went as it should, 1 for a failure, 2 for arguments that make no sense, 130 after Ctrl-C.
 */
@Command(
        name = "claude-flux",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Streams from the Claude API. Without a command: demo, which needs no key.",
        footer = {"", "Exit codes: 0 fine, 1 failed, 2 bad arguments, 130 interrupted."})
public final class Main implements Callable<Integer> {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    /** What a shell reports for a process that wrote to a pipe without a reader. */
    static final int CLOSED_PIPE = 141;

    private static final int WIDEST_HELP = 100;

    private final Shell shell;

    private Main(Shell shell) {
        this.shell = shell;
    }

    /**
     * Runs a command. Returns if all went well, so that a build tool that calls it goes on; ends the process if not.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        keepQuiet();
        int exitCode;
        try (Shell shell = Shell.ofProcess()) {
            exitCode = run(shell, args);
        }
        if (exitCode != OK) {
            System.exit(exitCode);
        }
    }

    static int run(Shell shell, String... args) {
        boolean hasColour = shell.terminal().hasColour();
        CommandLine commandLine = new CommandLine(new Main(shell))
                .addSubcommand(new Demo(shell))
                .addSubcommand(new Load(shell))
                .addSubcommand(new Ask(shell))
                .addSubcommand(new Count(shell))
                .addSubcommand(new ListModels(shell))
                .addSubcommand(new Simulate(shell))
                .addSubcommand(new Doctor(shell));
        commandLine
                .setOut(shell.out())
                .setErr(shell.err())
                .setColorScheme(Help.defaultColorScheme(hasColour ? Help.Ansi.ON : Help.Ansi.OFF))
                .setUsageHelpWidth(
                        Math.max(60, Math.min(WIDEST_HELP, shell.terminal().columns())))
                // A prompt may begin with @.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((wrong, given) -> shell.fail(
                        USAGE,
                        wrong.getMessage() + "; see "
                                + wrong.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help"));
        return commandLine.execute(args);
    }

    @Override
    public Integer call() {
        return new Demo(shell).call();
    }

    /** Without a logging backend SLF4J says on standard error that it is missing; here nobody misses it. */
    private static void keepQuiet() {
        String property = "slf4j.internal.verbosity";
        if (System.getProperty(property) == null) {
            System.setProperty(property, "ERROR");
        }
    }

    /** Says which version this is. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"claude-flux " + Versions.own() + " (Java " + System.getProperty("java.version") + ")"
            };
        }
    }
}
