package io.claudeflux.gate.violation.arch.internal.http;

/** Standard output belongs to the application. */
final class Prints {
    private Prints() {}

    static void print(String line) {
        System.out.println(line);
    }
}
