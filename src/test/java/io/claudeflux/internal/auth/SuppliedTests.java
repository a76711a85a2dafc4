package io.claudeflux.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

class SuppliedTests {
    private static final String KEY = "sk-ant-TESTKEY-0123456789abcdef";

    @Test
    void failureBehindACancelIsDroppedWithoutItsText() {
        List<Throwable> dropped = new ArrayList<>();
        Consumer<Throwable> hook = dropped::add;
        AtomicReference<@Nullable Subscriber<? super String>> vault = new AtomicReference<>();
        Supplied.secret("apiKey", "the API key", () -> Mono.fromDirect(ignoringCancel(vault)), Schedulers.parallel())
                .contextWrite(context -> context.put("reactor.onErrorDropped.local", hook))
                .subscribe()
                .dispose();

        Subscriber<? super String> late = vault.get();
        assertThat(late).isNotNull();
        late.onError(new IOException("no lease for " + KEY));

        assertThat(dropped).hasSize(1);
        assertThat(dropped.get(0)).hasMessageStartingWith("java.io.IOException").hasMessageNotContaining("TESTKEY");
    }

    private static Publisher<String> ignoringCancel(AtomicReference<@Nullable Subscriber<? super String>> vault) {
        return subscriber -> {
            vault.set(subscriber);
            subscriber.onSubscribe(Operators.emptySubscription());
        };
    }
}
