package io.claudeflux.internal.admission;

import java.time.Duration;

/**
 * What became of those who asked for a permit.
 *
 * @param granted how many got one
 * @param waited how long all of these waited together
 * @param longest how long one of these waited at most
 * @param refusedFull how many found no place to wait, or lost it to somebody who needed it more
 * @param refusedLate how many waited too long
 */
public record WaitCounts(long granted, Duration waited, Duration longest, long refusedFull, long refusedLate) {}
