package io.claudeflux.speed.result;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Results as tables in Markdown, one for each scenario. */
public final class Table {
    private static final String NONE = "–";

    private Table() {}

    /** All tables, each under the name of its scenario. */
    public static String of(Results results) {
        Set<String> scenarios = new LinkedHashSet<>();
        results.clients().forEach(client -> scenarios.add(client.scenario()));
        StringBuilder text = new StringBuilder();
        for (String scenario : scenarios) {
            text.append("**").append(scenario).append("**\n\n");
            text.append(of(
                    results.clients().stream()
                            .filter(client -> client.scenario().equals(scenario))
                            .toList(),
                    Column.of(scenario)));
            text.append('\n');
        }
        return text.toString();
    }

    private static String of(List<ClientResult> clients, List<Column> columns) {
        StringBuilder text = new StringBuilder("| setting | client |");
        columns.forEach(column -> text.append(' ').append(column.title()).append(" |"));
        text.append("\n|---|---|").append("---|".repeat(columns.size())).append('\n');
        for (ClientResult client : clients) {
            text.append("| ")
                    .append(client.setting())
                    .append(" | ")
                    .append(client.client())
                    .append(" |");
            columns.forEach(
                    column -> text.append(' ').append(cell(client, column)).append(" |"));
            text.append('\n');
        }
        return text.toString();
    }

    private static String cell(ClientResult client, Column column) {
        if (client.rounds() == 0) {
            return "failed";
        }
        Map<String, Spread> spreads = switch (column.of()) {
            case VALUE -> client.values();
            case RATIO -> client.ratios();
            case DIFFERENCE -> client.differences();
        };
        Spread spread = spreads.get(column.metric());
        if (spread == null) {
            return NONE;
        }
        String median = number(spread.median() * column.factor());
        return column.hasRange()
                ? median + " (" + number(spread.min() * column.factor()) + "–" + number(spread.max() * column.factor())
                        + ")"
                : median;
    }

    /** Three digits, or all of a whole number that has more. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
