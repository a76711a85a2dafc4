package io.claudeflux.gate.violation.arch;

import io.netty.channel.EventLoopGroup;
import java.util.function.UnaryOperator;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/** Has the two doors, and two more that look much like them. */
public interface ConnectionSettings {
    /** May show it. */
    ConnectionSettings eventLoops(LoopResources loops);

    /** May show it. */
    ConnectionSettings httpClient(UnaryOperator<HttpClient> customizer);

    /** The name of a door, with another type. */
    ConnectionSettings eventLoops(EventLoopGroup loops);

    /** The type of a door, under another name. */
    ConnectionSettings pool(UnaryOperator<HttpClient> customizer);
}
