package io.claudeflux.speed.client;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client that is started for one stream: prints how long it took until the first text, from the moment before the
 * process was started, which is an argument. It loads nothing that the client does not need.
 */
public final class ColdProcess {
    private ColdProcess() {}

    public static void main(String[] args) throws InterruptedException {
        long started = Long.parseLong(args[2]);
        ClientName.make(args[0], args[1], 1).open(new FirstText(started));
        new CountDownLatch(1).await(30, TimeUnit.SECONDS);
    }

    private record FirstText(long started) implements OpenStream {
        @Override
        public void text(String text) {
            double wall = (System.nanoTime() - started) / 1e6;
            long cpu = ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .map(Duration::toMillis)
                    .orElse(-1L);
            end("{\"wallMillis\":" + wall + ",\"cpuMillis\":" + cpu + "}");
        }

        @Override
        public void bytes(ByteBuf bytes) {
            // No text.
        }

        @Override
        public void completed() {
            end("{\"failure\":\"no text\"}");
        }

        @Override
        public void failed(Throwable failure) {
            failure.printStackTrace();
            end("{\"failure\":\"" + failure.getClass().getName() + "\"}");
        }

        private static void end(String result) {
            System.out.println("SPEED " + result);
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }
}
