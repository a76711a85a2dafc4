package io.claudeflux.speed.result;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Where and when it was measured; nothing that tells whose machine it was.
 *
 * @param date the day, in UTC
 * @param jdk vendor and version of the JDK
 * @param os name and architecture of the system
 * @param cpus how many processors it has
 * @param load how many processes wanted a processor at the start; far below one on a quiet machine
 */
public record Machine(String date, String jdk, String os, int cpus, double load) {
    /** This machine, now. */
    public static Machine now() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Math.round(load * 100) / 100.0);
    }
}
