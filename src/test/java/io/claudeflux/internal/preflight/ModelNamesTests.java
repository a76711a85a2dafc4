package io.claudeflux.internal.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNamesTests {
    private static final int TYPOS = 20_000;

    static final List<String> known = KnownModels.IDS;

    /** The ways to get an id wrong by one slip. */
    private enum Slip {
        DOT {
            @Override
            String of(String id, Random random) {
                int at = dash(id, random);
                return id.substring(0, at) + "." + id.substring(at + 1);
            }
        },
        UNDERSCORE {
            @Override
            String of(String id, Random random) {
                int at = dash(id, random);
                return id.substring(0, at) + "_" + id.substring(at + 1);
            }
        },
        NO_DASH {
            @Override
            String of(String id, Random random) {
                int at = dash(id, random);
                return id.substring(0, at) + id.substring(at + 1);
            }
        },
        TWO_DASHES {
            @Override
            String of(String id, Random random) {
                int at = dash(id, random);
                return id.substring(0, at) + "-" + id.substring(at);
            }
        },
        OTHER_LETTER {
            @Override
            String of(String id, Random random) {
                int at = letter(id, random);
                return id.substring(0, at) + (char) ('a' + random.nextInt(26)) + id.substring(at + 1);
            }
        },
        MISSING_LETTER {
            @Override
            String of(String id, Random random) {
                int at = letter(id, random);
                return id.substring(0, at) + id.substring(at + 1);
            }
        },
        LETTER_TWICE {
            @Override
            String of(String id, Random random) {
                int at = letter(id, random);
                return id.substring(0, at) + id.charAt(at) + id.substring(at);
            }
        },
        LETTERS_SWAPPED {
            @Override
            String of(String id, Random random) {
                int at = random.nextInt(id.length() - 1);
                return id.substring(0, at) + id.charAt(at + 1) + id.charAt(at) + id.substring(at + 2);
            }
        },
        CAPITALS {
            @Override
            String of(String id, Random random) {
                return random.nextBoolean()
                        ? id.toUpperCase(Locale.ROOT)
                        : Character.toUpperCase(id.charAt(0)) + id.substring(1);
            }
        },
        BLANKS {
            @Override
            String of(String id, Random random) {
                return random.nextBoolean() ? id + " " : "\t" + id;
            }
        },
        NO_PREFIX {
            @Override
            String of(String id, Random random) {
                return id.substring("claude-".length());
            }
        },
        NUMBERS_FIRST {
            @Override
            String of(String id, Random random) {
                String[] parts = id.split("-", 3);
                return "claude-" + parts[2] + "-" + parts[1];
            }
        },
        VENDOR {
            @Override
            String of(String id, Random random) {
                return List.of("anthropic/", "anthropic.", "us.anthropic.", "openrouter/anthropic/")
                                .get(random.nextInt(4))
                        + id;
            }
        };

        abstract String of(String id, Random random);

        static int dash(String id, Random random) {
            List<Integer> dashes = new ArrayList<>();
            for (int i = 0; i < id.length(); i++) {
                if (id.charAt(i) == '-') {
                    dashes.add(i);
                }
            }
            return dashes.get(random.nextInt(dashes.size()));
        }

        static int letter(String id, Random random) {
            while (true) {
                int at = random.nextInt(id.length());
                if (Character.isLetter(id.charAt(at))) {
                    return at;
                }
            }
        }
    }

    @Test
    void aSlipIsMetWithTheIdThatWasMeant() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Slip, int[]> counts = new TreeMap<>();
        List<String> misses = new ArrayList<>();
        for (int i = 0; i < TYPOS; i++) {
            String id = known.get(random.nextInt(known.size()));
            Slip slip = Slip.values()[random.nextInt(Slip.values().length)];
            String typo = slip.of(id, random);
            if (KnownModels.isKnown(typo)) {
                continue;
            }
            int[] count = counts.computeIfAbsent(slip, key -> new int[2]);
            count[0]++;
            if (ModelNames.nearest(typo).filter(id::equals).isPresent()) {
                count[1]++;
            } else {
                misses.add(
                        typo + " for " + id + " got " + ModelNames.nearest(typo).orElse("nothing"));
            }
        }
        int all = counts.values().stream().mapToInt(count -> count[0]).sum();
        String seen = "seed " + seed + ", " + misses.size() + " of " + all + " missed, such as "
                + misses.stream().distinct().limit(8).toList();

        assertThat(misses.size()).as(seen).isLessThan(all / 50);
        counts.forEach(
                (slip, count) -> assertThat(count[1]).as(slip + ", " + seen).isGreaterThan(count[0] * 9 / 10));
    }

    @ParameterizedTest
    @FieldSource("known")
    void aKnownIdIsNoTypo(String id) {
        assertThat(ModelNames.nearest(id)).isEmpty();
        assertThat(KnownModels.isRetired(id)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4.5, claude-sonnet-4-5",
        "sonnet-5-5, claude-sonnet-5-5",
        "claude-5-5-sonnet, claude-sonnet-5-5",
        "claude-5.5-sonnet, claude-sonnet-5-5",
        "claude-sonnet-latest, claude-sonnet-5-5",
        "claude-opus, claude-opus-5-5",
        "claude-haiku-4, claude-haiku-4-5",
        "claude_opus_4_8, claude-opus-4-8",
        "Claude Opus 4.8, claude-opus-4-8",
        "claude-opus-48, claude-opus-4-8",
        "claudeopus-4-8, claude-opus-4-8",
        "claude--opus-4-8, claude-opus-4-8",
        "cluade-opus-4-8, claude-opus-4-8",
        "claude-sonet-5-5, claude-sonnet-5-5",
        "claude-mythos, claude-mythos-5-2",
        "claude-sonnet-4-5@20250929, claude-sonnet-4-5-20250929",
        "anthropic.claude-sonnet-4-5-20250929-v1:0, claude-sonnet-4-5-20250929",
        "claude-sonnet-4-5-20250930, claude-sonnet-4-5-20250929",
        "claude-haiku-4-5-2025101, claude-haiku-4-5-20251001"
    })
    void theUsualTyposAreUnderstood(String typo, String meant) {
        assertThat(ModelNames.nearest(typo)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m",
                "",
                "claude",
                "sonnet",
                "gpt-4o",
                "my-deployment",
                "my-claude-sonnet",
                "prod-claude-opus-4-8-eu",
                "gemini-2.5-pro",
                "some-gateway-model",
                "mistral-large-latest",
                "claude-sonnet-6",
                "claude-opus-5-6",
                "claude-opus-6-20270101",
                "claude-sonnet-5-5-20261001"
            })
    void namesOfOthersAndOfWhatMayComeAreLeftAlone(String name) {
        assertThat(ModelNames.nearest(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claude-2.1",
                "claude-instant-1.2",
                "claude-3-opus-20240229",
                "claude-3-5-haiku-latest",
                "claude-3-7-sonnet-20250219",
                "claude-sonnet-4-20250514",
                "claude-opus-4-0",
                "claude-opus-4-1-20250805"
            })
    void retiredModelsAreKnown(String id) {
        assertThat(KnownModels.isRetired(id)).isTrue();
    }

    @Test
    void aLongNameCostsNothing() {
        assertThat(ModelNames.nearest("claude-sonnet-".repeat(100_000))).isEmpty();
    }
}
