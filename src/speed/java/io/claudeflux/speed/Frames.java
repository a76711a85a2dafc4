package io.claudeflux.speed;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a flight recording shows: which methods ran, in which packages, on behalf of which class of this client, and
 * what was allocated.
 *
 * @param samples how many there are
 * @param methods samples by the method that ran
 * @param packages samples by the package of that method
 * @param owners samples by the first class of this client on the stack
 * @param allocated bytes by class
 */
record Frames(
        int samples,
        Map<String, Long> methods,
        Map<String, Long> packages,
        Map<String, Long> owners,
        Map<String, Long> allocated) {
    private static final String BY_CPU = "jdk.CPUTimeSample";
    private static final String BY_TIME = "jdk.ExecutionSample";
    private static final int TOP = 25;

    static Frames read(Path recording) throws IOException {
        List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
        String kind = events.stream().anyMatch(event -> isOf(event, BY_CPU)) ? BY_CPU : BY_TIME;
        List<RecordedEvent> samples = events.stream()
                .filter(event -> isOf(event, kind) && event.getStackTrace() != null)
                .toList();
        Frames frames = new Frames(samples.size(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
        samples.forEach(sample -> frames.add(sample.getStackTrace().getFrames()));
        events.stream()
                .filter(event -> isOf(event, "jdk.ObjectAllocationSample"))
                .forEach(event -> frames.allocated.merge(
                        event.getClass("objectClass").getName(), event.getLong("weight"), Long::sum));
        return frames;
    }

    private static boolean isOf(RecordedEvent event, String type) {
        return event.getEventType().getName().equals(type);
    }

    private void add(List<RecordedFrame> stack) {
        RecordedFrame top = stack.get(0);
        String type = top.getMethod().getType().getName();
        methods.merge(type + "." + top.getMethod().getName(), 1L, Long::sum);
        packages.merge(type.substring(0, Math.max(0, type.lastIndexOf('.'))), 1L, Long::sum);
        String owner = stack.stream()
                .map(frame -> frame.getMethod().getType().getName())
                .filter(name -> name.startsWith("io.claudeflux.") && !name.startsWith("io.claudeflux.speed."))
                .findFirst()
                .orElse("none: the network and what is around it");
        owners.merge(owner, 1L, Long::sum);
    }

    void print(PrintStream out) {
        out.println(samples + " samples");
        top(out, "methods that ran", methods);
        top(out, "packages", packages);
        top(out, "on behalf of", owners);
        top(out, "allocated", allocated);
    }

    private static void top(PrintStream out, String title, Map<String, Long> counts) {
        double all = counts.values().stream().mapToLong(Long::longValue).sum();
        out.println("  " + title);
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(TOP)
                .forEach(entry ->
                        out.printf(Locale.ROOT, "  %6.1f %%  %s%n", 100 * entry.getValue() / all, entry.getKey()));
    }
}
