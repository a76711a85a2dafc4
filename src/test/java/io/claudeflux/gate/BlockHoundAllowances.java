package io.claudeflux.gate;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** The few blocking calls on non-blocking threads that belong to the test run and not to the library. */
public final class BlockHoundAllowances implements BlockHoundIntegration {
    /** Called by BlockHound. */
    public BlockHoundAllowances() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Logback's appenders share a lock and write to the console; an application picks its own backend.
        builder.allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders");
        // The subscribers of the Reactive Streams TCK hand over to the test's thread through a queue with a lock.
        builder.allowBlockingCallsInside("org.reactivestreams.tck.TestEnvironment$Receptacle", "add");
        // Netty's allocator takes a short lock when many connections make it add a magazine; its own affair.
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
        // Netty 4.1 shuffles the ids of its DNS queries once for each name server, with random bytes of the system.
        builder.allowBlockingCallsInside("io.netty.resolver.dns.DnsQueryContextManager", "getOrCreateContextMap");
        // OpenTelemetry looks for its storage once, on whichever thread comes first; its own affair.
        builder.allowBlockingCallsInside("io.opentelemetry.context.LazyStorage", "<clinit>");
    }
}
