package io.claudeflux.speed.result;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The throughput of all clients as bars, in SVG that can be read on a light and on a dark ground. */
public final class Chart {
    private static final String SCENARIO = "throughput";
    /** Those in which all clients are measured. */
    private static final List<String> SETTINGS = List.of("20 events a chunk, by itself", "1 event a chunk");

    private static final Map<String, String> NAMES = Map.of(
            "floor", "Reactor Netty, bytes counted",
            "pull", "line scan + pull parser",
            "flux", "claude-flux",
            "webclient", "WebClient + JSON tree",
            "jdk", "java.net.http + JSON tree",
            "sdk", "official SDK 3.11",
            "langchain4j", "LangChain4j 1.19");
    private static final int WIDTH = 760;
    private static final int LEFT = 216;
    private static final int FULL = 370;
    private static final int ROW = 24;
    private static final int BAR = 16;
    private static final int TITLE = 34;
    private static final String STYLE = """
            <style>
            text { font: 13px -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
            .title { font-weight: 600 }
            .note { fill: #59636e }
            .name { text-anchor: end }
            .other { fill: #8c959f }
            .flux { fill: #0969da }
            .range { stroke: #1f2328; stroke-width: 1.5 }
            @media (prefers-color-scheme: dark) {
            text { fill: #f0f6fc }
            .note { fill: #9198a1 }
            .other { fill: #656c76 }
            .flux { fill: #4493f8 }
            .range { stroke: #f0f6fc }
            }
            </style>
            """;

    private Chart() {}

    /** The same text for the same results, to the byte. */
    public static String of(Results results) {
        List<ClientResult> clients = results.clients().stream()
                .filter(client -> client.scenario().equals(SCENARIO)
                        && SETTINGS.contains(client.setting())
                        && client.rounds() > 0)
                .toList();
        StringBuilder body = new StringBuilder();
        int y = 0;
        for (String setting :
                clients.stream().map(ClientResult::setting).distinct().toList()) {
            body.append(text(10, y + 22, "title", "Text events per CPU-second of the client, " + setting));
            y += TITLE;
            for (ClientResult client : clients) {
                if (client.setting().equals(setting)) {
                    body.append(row(client, y));
                    y += ROW;
                }
            }
        }
        body.append(text(10, y + 24, "note", "1.00 is Reactor Netty counting bytes; in brackets thousands of events."));
        body.append(text(10, y + 44, "note", note(results.machine())));
        y += 2 * TITLE;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + y + "\" width=\"" + WIDTH
                + "\" height=\"" + y + "\" role=\"img\" aria-label=\"Text events per CPU-second of each client\">\n"
                + STYLE + body + "</svg>\n";
    }

    private static String note(Machine machine) {
        return "64 streams at once, medians of interleaved rounds; lines show the least and the most. " + machine.cpus()
                + " processors, " + machine.date() + ".";
    }

    private static String row(ClientResult client, int y) {
        Spread ratio = client.ratios().getOrDefault("eventsPerCpuSecond", new Spread(0, 0, 0));
        Spread events = client.values().getOrDefault("eventsPerCpuSecond", ratio);
        int middle = y + BAR / 2;
        String bar = String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n"
                        + "<line class=\"range\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                client.client().equals("flux") ? "flux" : "other",
                LEFT,
                y,
                width(ratio.median()),
                BAR,
                LEFT + width(ratio.min()),
                LEFT + width(ratio.max()),
                middle,
                middle);
        String value = Table.number(ratio.median()) + " (" + Table.number(Math.rint(events.median() / 1_000)) + " k)";
        return text(LEFT - 8, y + 13, "name", NAMES.getOrDefault(client.client(), client.client()))
                + bar.replace("\r", "")
                + text((int) (LEFT + 8 + width(Math.max(ratio.max(), ratio.median()))), y + 13, "value", value);
    }

    private static double width(double ratio) {
        return FULL * Math.min(1.1, ratio);
    }

    private static String text(int x, int y, String kind, String text) {
        return "<text class=\"" + kind + "\" x=\"" + x + "\" y=\"" + y + "\">" + text + "</text>\n";
    }
}
