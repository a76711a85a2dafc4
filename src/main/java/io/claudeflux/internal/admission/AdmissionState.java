package io.claudeflux.internal.admission;

import java.util.List;

/**
 * How things stand at one moment.
 *
 * @param limit how many attempts may be under way now
 * @param max how many may ever be
 * @param inFlight how many are
 * @param waiting how many calls wait for their turn
 * @param waits what became of those that waited so far
 * @param lanes the same by model
 */
public record AdmissionState(int limit, int max, int inFlight, int waiting, WaitCounts waits, List<LaneState> lanes) {}
