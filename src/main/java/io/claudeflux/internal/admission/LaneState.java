package io.claudeflux.internal.admission;

import java.time.Duration;

/**
 * How things stand for one model.
 *
 * @param name the model
 * @param inFlight how many attempts are under way
 * @param waiting how many calls wait
 * @param closedFor how long the gate stays closed; zero if it is open
 */
public record LaneState(String name, int inFlight, int waiting, Duration closedFor) {}
