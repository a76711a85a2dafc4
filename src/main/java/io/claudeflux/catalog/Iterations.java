package io.claudeflux.catalog;

import io.claudeflux.catalog.UsageTotals.Kind;
import io.claudeflux.message.Json;
import io.claudeflux.message.Usage;
import io.claudeflux.message.UsageReport;
import java.util.List;
import java.util.Map;

/**
 * The server's steps within one answer whose tokens are in none of its counters: compactions, and the advice of another
 * model. Other steps are in the counters, or of a kind this version does not know, and are left alone.
 */
final class Iterations {
    private Iterations() {}

    static UsageTotals of(Kind kind, Json extra) {
        UsageTotals sum = UsageTotals.none();
        if (!extra.isEmptyObject()) {
            for (Json step : extra.get("iterations").map(Json::elements).orElse(List.of())) {
                sum = sum.plus(one(kind, step));
            }
        }
        return sum;
    }

    private static UsageTotals one(Kind kind, Json step) {
        String type = step.get("type").flatMap(Json::asString).orElse("");
        Kind payer = kind;
        if (type.equals("advisor_message")) {
            String model = step.get("model").flatMap(Json::asString).orElse(kind.model());
            payer = new Kind(model, kind.serviceTier(), null);
        } else if (!type.equals("compaction")) {
            return UsageTotals.none();
        }
        try {
            Counters tokens = Counters.of(new UsageReport(step.as(Usage.class), true));
            return new UsageTotals(Map.of(payer, tokens.asPart()));
        } catch (IllegalArgumentException unreadable) {
            return UsageTotals.none(); // a listener that throws would lose the whole answer's usage
        }
    }
}
