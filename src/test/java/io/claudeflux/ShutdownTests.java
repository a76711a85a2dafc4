package io.claudeflux;

import static io.claudeflux.fixture.Frames.bs;
import static io.claudeflux.fixture.Frames.d;
import static io.claudeflux.fixture.Frames.errorJson;
import static io.claudeflux.fixture.Frames.good;
import static io.claudeflux.fixture.Frames.ms;
import static io.claudeflux.fixture.Script.reply;
import static io.claudeflux.fixture.Steps.chunk;
import static io.claudeflux.fixture.Steps.end;
import static io.claudeflux.fixture.Steps.h200;
import static io.claudeflux.fixture.Steps.hang;
import static io.claudeflux.fixture.Steps.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.claudeflux.fixture.Await;
import io.claudeflux.fixture.OpenTasks;
import io.claudeflux.fixture.Outcome;
import io.claudeflux.fixture.Recorder;
import io.claudeflux.fixture.Script;
import io.claudeflux.fixture.ScriptedServer;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.stream.StreamEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.resources.LoopResources;

/** What is left of a client two seconds after its end, with calls in every state: nothing. */
@Timeout(60)
class ShutdownTests {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration GONE = Duration.ofSeconds(2);
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final Script GOOD = reply(h200(), chunk(good("hi")), end());
    private static final Script BUSY = reply(json(529, errorJson("overloaded_error", "busy")));
    private static final Script STALLED = reply(h200(), chunk(ms() + bs(0) + d(0, "x")), hang());
    private static final Script SILENT = reply(hang());

    /** The two ends of a client. */
    enum End {
        CLOSE(ClaudeClient::close),
        CLOSE_GRACEFULLY(client -> assertThat(Outcome.of(client.closeGracefully(Duration.ofMillis(50)))
                        .isComplete())
                .isTrue());

        @SuppressWarnings("ImmutableEnumChecker") // they hold nothing
        private final Consumer<ClaudeClient> end;

        End(Consumer<ClaudeClient> end) {
            this.end = end;
        }
    }

    /** Reactor's and Reactor Netty's shared threads, and what they have open, stay for the JVM. */
    @BeforeAll
    static void makeWhatIsShared() {
        for (int i = 0; i < 8; i++) {
            use(new DefaultClaudeClientBuilder(), End.CLOSE_GRACEFULLY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noTaskIsLeftOnTheTimer(End end) {
        OpenTasks timer = new OpenTasks();
        use(new DefaultClaudeClientBuilder().time(timer, Clock.systemUTC(), () -> 0.5), end);
        Await.untilOrFail("no task on the timer", GONE, () -> timer.count() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void noSocketAndNoThreadIsLeft(End end) {
        assumeThat(OPEN_FILES).isDirectory();
        Set<String> threads = threads();
        long files = openFiles();
        use(new DefaultClaudeClientBuilder(), end);
        Await.untilOrFail("no file left open", GONE, () -> openFiles() <= files);
        Await.untilOrFail("no thread left", GONE, () -> threads.containsAll(threads()));
    }

    /** A task that repeats itself on somebody else's timer, or a listener on a shared event loop, would hold it. */
    @ParameterizedTest
    @EnumSource
    void nobodyHoldsOnToIt(End end) {
        WeakReference<?> settings = useWithSettingsOfItsOwn(end);
        Await.untilOrFail("what the pool knows to be garbage", SOON, () -> {
            System.gc();
            return settings.get() == null;
        });
    }

    @ParameterizedTest
    @EnumSource
    void eventLoopsThatWereHandedInStay(End end) {
        LoopResources loops = LoopResources.create("kept", 1, true);
        try {
            for (int i = 0; i < 2; i++) {
                DefaultClaudeClientBuilder builder = new DefaultClaudeClientBuilder();
                builder.eventLoops(loops);
                use(builder, end);
                assertThat(loops.isDisposed()).isFalse();
            }
            assertThat(threads()).anyMatch(name -> name.startsWith("kept"));
        } finally {
            loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(SOON);
        }
    }

    private static WeakReference<?> useWithSettingsOfItsOwn(End end) {
        Object settings = new Object();
        DefaultClaudeClientBuilder builder = new DefaultClaudeClientBuilder();
        builder.httpClient(http ->
                http.doOnRequest((request, connection) -> assertThat(settings).isNotNull()));
        use(builder, end);
        return new WeakReference<>(settings);
    }

    /** A client in whose life everything happened, and which was ended while most of it still went on. */
    private static void use(DefaultClaudeClientBuilder builder, End end) {
        try (ScriptedServer server = ScriptedServer.start(GOOD, BUSY, SILENT, STALLED, STALLED)) {
            builder.apiKey("sk-ant-TESTKEY-0123456789abcdef")
                    .baseUrl("http://localhost:" + server.port())
                    .maxConcurrentRequests(3);
            ClaudeClient client = builder.build();
            assertThat(Outcome.of(client.messages().create(request())).isComplete())
                    .isTrue();
            List<Recorder<StreamEvent>> calls = new ArrayList<>();
            for (int i = 1; i < 8; i++) {
                calls.add(Recorder.subscribe(client.messages().stream(request()), Long.MAX_VALUE));
            }
            server.awaitReqs(4, SOON);
            end.end.accept(client);
            calls.forEach(call -> assertThat(call.outcome(SOON).error()).isNotNull());
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("scripted-"))
                .collect(Collectors.toSet());
    }

    private static long openFiles() {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageRequest request() {
        return MessageRequest.builder().model("m").maxTokens(1).user("hi").build();
    }
}
