package io.claudeflux.simulator;

import java.util.SplittableRandom;

/** Identifiers that look like the API's and follow from the seed; one instance belongs to one request. */
final class Ids {

    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int LENGTH = 22;

    private final SplittableRandom random;

    Ids(SplittableRandom random) {
        this.random = random;
    }

    String message() {
        return next("msg_01");
    }

    String request() {
        return next("req_01");
    }

    String toolUse() {
        return next("toolu_01");
    }

    private String next(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
