package io.claudeflux.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * About where the user is, so that a search can take account of it.
 *
 * @param city the city
 * @param region the region
 * @param country the country, two letters of ISO 3166
 * @param timezone the IANA name of the time zone
 * @param extra the fields this version does not know, as one JSON object
 */
public record UserLocation(
        @Nullable String city,
        @Nullable String region,
        @Nullable String country,
        @Nullable String timezone,
        Json extra) {
    /**
     * Takes any place.
     *
     * @throws NullPointerException if {@code extra} is null
     */
    public UserLocation {
        Objects.requireNonNull(extra, "extra");
    }

    /**
     * A city.
     *
     * @param city the city
     * @param country the country, two letters of ISO 3166
     * @return the place
     */
    public static UserLocation of(String city, String country) {
        return new UserLocation(city, null, country, null, Json.emptyObject());
    }

    /** It tells where somebody is. */
    @Override
    public String toString() {
        return "UserLocation[]";
    }
}
