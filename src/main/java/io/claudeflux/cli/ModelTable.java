package io.claudeflux.cli;

import io.claudeflux.catalog.Capabilities;
import io.claudeflux.catalog.Capability;
import io.claudeflux.catalog.ModelInfo;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Models as lines of text; what the server did not say is a dash. */
final class ModelTable {
    private static final List<String> HEADER =
            List.of("MODEL", "NAME", "LIFECYCLE", "RETIRES", "READS", "WRITES", "CREATED");
    private static final int NAME_WIDTH = 18;

    private ModelTable() {}

    /** A header and one line for each model; only a header if there is none. */
    static List<String> of(List<ModelInfo> models) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        models.forEach(model -> rows.add(row(model)));
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(Columns.head(row.get(i), widths[i])).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static List<String> row(ModelInfo model) {
        return List.of(
                Columns.line(model.id()),
                Columns.line(model.displayName()),
                word(model.lifecycle()),
                day(model.retiresAt()),
                tokens(model.maxInputTokens()),
                tokens(model.maxTokens()),
                day(model.createdAt()));
    }

    /** One fact a line. */
    static List<String> card(ModelInfo model) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("id", Columns.line(model.id()));
        facts.put("name", Columns.line(model.displayName()));
        facts.put("line", word(model.line()));
        facts.put("created", day(model.createdAt()));
        facts.put("lifecycle", word(model.lifecycle()));
        facts.put("deprecated", day(model.deprecatedAt()));
        facts.put("retires", day(model.retiresAt()));
        facts.put("reads at most", tokens(model.maxInputTokens()));
        facts.put("writes at most", tokens(model.maxTokens()));
        Capabilities can = model.capabilities();
        if (can != null) {
            facts.put("batches", said(can.batch()));
            facts.put("citations", said(can.citations()));
            facts.put("code execution", said(can.codeExecution()));
            facts.put("images", said(can.imageInput()));
            facts.put("PDF", said(can.pdfInput()));
            facts.put("structured output", said(can.structuredOutputs()));
            facts.put("context edits", said(can.contextManagement()));
            facts.put("effort", said(can.effort()));
            facts.put("server tools", said(can.serverTools()));
            facts.put("thinking", said(types(can.thinking())));
        }
        return facts.entrySet().stream()
                .map(fact -> Columns.head(fact.getKey(), NAME_WIDTH) + fact.getValue())
                .toList();
    }

    /** The modes of thinking stand one level below. */
    private static @Nullable Capability types(@Nullable Capability thinking) {
        return thinking == null || thinking.isDenied()
                ? thinking
                : thinking.part("types").orElse(thinking);
    }

    private static String said(@Nullable Capability capability) {
        if (capability == null) {
            return "-";
        }
        if (capability.isDenied() || capability.parts().isEmpty()) {
            return capability.supported() == null ? "-" : (capability.supported() ? "yes" : "no");
        }
        String parts = capability.parts().entrySet().stream()
                .filter(part -> Boolean.TRUE.equals(part.getValue().supported()))
                .map(part -> Columns.line(part.getKey()))
                .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "yes" : parts;
    }

    private static String word(@Nullable Object word) {
        return word == null ? "-" : Columns.line(word.toString());
    }

    private static String day(@Nullable Instant time) {
        return time == null ? "-" : time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String tokens(@Nullable Long tokens) {
        return tokens == null ? "-" : String.format(Locale.ROOT, "%,d", tokens);
    }
}
