package io.claudeflux.speed.result;

/** The page about the benchmark: what is between two marks is made from the results. */
public final class Page {
    private static final String START = "<!-- results -->\n";
    private static final String END = "<!-- end of results -->";

    private Page() {}

    /** The page with the tables of these results in place of those that it has. */
    public static String with(Results results, String page) {
        int start = page.indexOf(START);
        int end = page.indexOf(END);
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("The page has no place for results");
        }
        return page.substring(0, start + START.length())
                + head(results.machine())
                + Table.of(results)
                + page.substring(end);
    }

    private static String head(Machine machine) {
        return "Measured " + machine.date() + " on " + machine.cpus() + " processors, " + machine.os() + ", JDK "
                + machine.jdk() + ", load average at the start " + machine.load()
                + ". Medians of the rounds, in brackets the least and the most.\n\n";
    }
}
