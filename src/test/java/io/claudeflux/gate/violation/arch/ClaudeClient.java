package io.claudeflux.gate.violation.arch;

import io.netty.channel.EventLoopGroup;
import java.util.function.UnaryOperator;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/** Has the two doors, and two more that look much like them. */
public interface ClaudeClient {
    /** The one whose name is known. */
    interface Builder {
        /** May show it. */
        Builder eventLoops(LoopResources loops);

        /** May show it. */
        Builder httpClient(UnaryOperator<HttpClient> customizer);

        /** The name of a door, with another type. */
        Builder eventLoops(EventLoopGroup loops);

        /** The type of a door, under another name. */
        Builder pool(UnaryOperator<HttpClient> customizer);
    }
}
