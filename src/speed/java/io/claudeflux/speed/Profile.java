package io.claudeflux.speed;

import io.claudeflux.speed.answer.AnswerName;
import io.claudeflux.speed.client.ClientProcess;
import io.claudeflux.speed.client.Load;
import io.claudeflux.speed.client.Recorded;
import io.claudeflux.speed.process.Child;
import io.claudeflux.speed.process.Libraries;
import io.claudeflux.speed.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows where the time of this client goes, with a flight recording of its process. */
final class Profile {
    private static final int WARM_UP_MILLIS = 8_000;
    private static final int WINDOW_MILLIS = 10_000;

    private Profile() {}

    static int run(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Child server =
                Child.start(Libraries.of("server"), List.of("-Xmx1g"), List.of(ServerProcess.class.getName()))) {
            int port = server.result(Duration.ofSeconds(30)).path("port").asInt();
            for (int perChunk : new int[] {20, 1}) {
                Path file = folder.resolve("flux-" + perChunk + ".jfr");
                Load load =
                        new Load("flux", port, AnswerName.text(10_000, perChunk), 64, WARM_UP_MILLIS, WINDOW_MILLIS);
                System.out.printf(Locale.ROOT, "%n%d events a chunk: %s%n", perChunk, record(load, file));
                Frames.read(file).print(System.out);
            }
        }
        return 0;
    }

    private static String record(Load load, Path file) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(ClientProcess.class.getName()));
        arguments.addAll(load.arguments());
        List<String> options = List.of(
                "-Xmx2g",
                "-D" + Recorded.FILE + "=" + file,
                "-XX:+UnlockDiagnosticVMOptions",
                // Else a sample is put down to the next point where a thread may stop.
                "-XX:+DebugNonSafepoints");
        try (Child client = Child.start(Libraries.of(load.client()), options, arguments)) {
            return client.result(load.limit()).toString();
        }
    }
}
