package io.claudeflux.cli;

/** What runs here. */
final class Versions {
    private Versions() {}

    static String own() {
        String jar = Main.class.getPackage().getImplementationVersion();
        return jar != null ? jar : System.getProperty("claude-flux.version", "dev");
    }

    static String line() {
        return "claude-flux " + own() + ", Java " + System.getProperty("java.version") + " ("
                + System.getProperty("java.vendor") + "), " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + " " + System.getProperty("os.arch");
    }
}
