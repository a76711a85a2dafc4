package io.claudeflux.catalog;

import io.claudeflux.catalog.UsageTotals.Kind;
import io.claudeflux.message.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Your prices. The library has none of its own: they change, and differ between contracts and platforms.
 *
 * <pre>{@code
 * PriceTable prices = PriceTable.of(Json.parse(Files.readString(Path.of("prices.json"))));
 * Cost cost = prices.price(meter.totals());
 * }</pre>
 *
 * <p>As JSON, prices by the million tokens and the search, as numbers or strings, those that are not needed left out:
 *
 * <pre>{@code
 * {"currency": "USD",
 *  "web_search": "0.01",
 *  "multipliers": {"batch": 0.5},
 *  "models": {
 *    "claude-sonnet-5-5": {"input": 3, "output": 15, "cache_write_5m": 3.75, "cache_write_1h": 6, "cache_read": 0.3},
 *    "claude-opus-5*": {"input": 5, "output": 25, "multipliers": {"fast": 6}}}}
 * }</pre>
 *
 * <p>A model is priced by the entry of its exact id; else by that of its id without the date of a snapshot at its end,
 * as in {@code -20251001}; else by the longest entry that ends in {@code *} and begins like it. Entries without a star
 * are no beginnings: {@code claude-sonnet-5} says nothing about {@code claude-sonnet-5-5}. A tier or speed other than
 * {@code standard} needs a factor, the model's or else the table's; without one it is not priced. Factors multiply the
 * prices of tokens, both of them if there are two, and not that of searches.
 *
 * <p>Immutable.
 */
public final class PriceTable {
    private static final Pattern SNAPSHOT = Pattern.compile("[-@]20\\d{6}$");

    private final String currency;
    private final @Nullable BigDecimal webSearch;
    private final Map<String, BigDecimal> multipliers;
    private final Map<String, ModelPrices> models;

    private PriceTable(Builder builder) {
        this.currency = builder.currency;
        this.webSearch = builder.webSearch;
        this.multipliers = Map.copyOf(builder.multipliers);
        this.models = Map.copyOf(builder.models);
    }

    /**
     * A table without prices.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a table.
     *
     * @param table an object in the form that {@link PriceTable} shows; members it does not name are ignored
     * @return the table
     * @throws IllegalArgumentException if a price is no number, or negative; the message says which
     */
    public static PriceTable of(Json table) {
        if (!table.isObject()) {
            throw new IllegalArgumentException("a price table is an object");
        }
        Builder builder = new Builder();
        table.get("currency").flatMap(Json::asString).ifPresent(builder::currency);
        builder.webSearch = number(table, "web_search", "web_search");
        builder.multipliers.putAll(factors(table, "multipliers"));
        table.get("models")
                .map(Json::members)
                .orElse(Map.of())
                .forEach((id, prices) -> builder.model(id, prices(prices, "models." + id)));
        return builder.build();
    }

    private static ModelPrices prices(Json prices, String path) {
        return new ModelPrices(
                number(prices, "input", path),
                number(prices, "output", path),
                number(prices, "cache_write_5m", path),
                number(prices, "cache_write_1h", path),
                number(prices, "cache_read", path),
                factors(prices, path));
    }

    private static Map<String, BigDecimal> factors(Json object, String path) {
        Map<String, BigDecimal> factors = new LinkedHashMap<>();
        Map<String, Json> given = object.get("multipliers").map(Json::members).orElse(Map.of());
        for (String word : given.keySet()) {
            BigDecimal factor = number(Json.of(given), word, path);
            if (factor != null) {
                factors.put(word, factor);
            }
        }
        return factors;
    }

    private static @Nullable BigDecimal number(Json object, String name, String path) {
        Json value = object.get(name).orElse(null);
        if (value == null || value.isNull()) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(value.asString().orElseGet(value::text));
            check(path + "." + name, number);
            return number;
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(path + "." + name + " is no number");
        }
    }

    static BigDecimal decimal(String name, String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException noNumber) {
            throw new NumberFormatException(name + " must be a decimal number such as 3.00 but was " + text);
        }
    }

    static void check(String name, @Nullable BigDecimal number) {
        if (number != null && number.signum() < 0) {
            throw new IllegalArgumentException(name + " must be >= 0 but was " + number);
        }
    }

    /**
     * The prices of a model.
     *
     * @param model its id
     * @return its entry, found as {@link PriceTable} says; empty if there is none
     */
    public Optional<ModelPrices> pricesOf(String model) {
        ModelPrices exact = models.get(model);
        if (exact == null) {
            exact = models.get(SNAPSHOT.matcher(model).replaceFirst(""));
        }
        return Optional.ofNullable(exact)
                .or(() -> models.keySet().stream()
                        .filter(entry ->
                                entry.endsWith("*") && model.startsWith(entry.substring(0, entry.length() - 1)))
                        .max(Comparator.comparingInt(String::length))
                        .map(models::get));
    }

    /**
     * What usage costs.
     *
     * @param totals what was consumed
     * @return the cost, exact to the last digit; what cannot be priced is named and not counted
     */
    public Cost price(UsageTotals totals) {
        Map<String, BigDecimal> byModel = new LinkedHashMap<>();
        List<Kind> unpriced = new ArrayList<>();
        totals.rows().forEach((kind, counters) -> {
            BigDecimal cost = cost(kind, counters);
            if (cost == null) {
                unpriced.add(kind);
            } else {
                byModel.merge(kind.model(), cost, BigDecimal::add);
            }
        });
        BigDecimal total = byModel.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        boolean isExact = unpriced.isEmpty() && totals.total().isExact();
        return new Cost(currency, byModel, total, unpriced, isExact);
    }

    private @Nullable BigDecimal cost(Kind kind, Counters counters) {
        ModelPrices prices = pricesOf(kind.model()).orElse(null);
        if (prices == null) {
            return null;
        }
        BigDecimal tier = factor(prices, kind.serviceTier());
        BigDecimal speed = factor(prices, kind.speed());
        Sum tokens = new Sum()
                .add(counters.inputTokens(), prices.input())
                .add(counters.cacheWrite5mTokens(), prices.cacheWrite5m())
                .add(counters.cacheWrite1hTokens(), prices.cacheWrite1h())
                .add(counters.cacheReadTokens(), prices.cacheRead())
                .add(counters.outputTokens(), prices.output());
        Sum searches = new Sum().add(counters.webSearches(), webSearch);
        if (tier == null || speed == null || tokens.isIncomplete || searches.isIncomplete) {
            return null;
        }
        return tokens.amount.movePointLeft(6).multiply(tier).multiply(speed).add(searches.amount);
    }

    /** Null if a factor is needed and there is none. */
    private @Nullable BigDecimal factor(ModelPrices prices, @Nullable Object word) {
        String name = word == null ? "standard" : word.toString();
        BigDecimal own = prices.multipliers().get(name);
        BigDecimal factor = own == null ? multipliers.get(name) : own;
        return factor == null && name.equals("standard") ? BigDecimal.ONE : factor;
    }

    /** A sum that knows when a price was missing. */
    private static final class Sum {
        private BigDecimal amount = BigDecimal.ZERO;
        private boolean isIncomplete;

        Sum add(long count, @Nullable BigDecimal price) {
            if (count != 0 && price == null) {
                isIncomplete = true;
            } else if (count != 0) {
                amount = amount.add(Objects.requireNonNull(price).multiply(BigDecimal.valueOf(count)));
            }
            return this;
        }
    }

    /** Collects prices. Mutable, for use by one thread. */
    public static final class Builder {
        private final Map<String, ModelPrices> models = new LinkedHashMap<>();
        private final Map<String, BigDecimal> multipliers = new LinkedHashMap<>();
        private String currency = "USD";
        private @Nullable BigDecimal webSearch;

        private Builder() {}

        /**
         * Sets the currency, which is only a name here.
         *
         * @param name {@code USD} by default
         * @return this builder
         */
        public Builder currency(String name) {
            currency = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets the prices of a model, or of all models whose ids begin alike.
         *
         * @param id an id, or the beginning of some with a {@code *} behind it
         * @param prices its prices
         * @return this builder
         */
        public Builder model(String id, ModelPrices prices) {
            models.put(Objects.requireNonNull(id, "id"), Objects.requireNonNull(prices, "prices"));
            return this;
        }

        /**
         * Sets the price of one web search.
         *
         * @param price as in {@code "0.01"}
         * @return this builder
         * @throws IllegalArgumentException if it is no decimal number, or negative
         */
        public Builder webSearch(String price) {
            webSearch = decimal("webSearch", price);
            check("webSearch", webSearch);
            return this;
        }

        /**
         * Sets the factor of a service tier or a speed, for all models that have none of their own for it.
         *
         * @param word the word on the wire, such as {@code batch}, {@code priority} or {@code fast}
         * @param factor as in {@code "0.5"}
         * @return this builder
         * @throws IllegalArgumentException if it is no decimal number, or negative
         */
        public Builder multiplier(String word, String factor) {
            BigDecimal number = decimal(word, factor);
            check(word, number);
            multipliers.put(word, number);
            return this;
        }

        /**
         * The table.
         *
         * @return a new table
         */
        public PriceTable build() {
            return new PriceTable(this);
        }
    }
}
