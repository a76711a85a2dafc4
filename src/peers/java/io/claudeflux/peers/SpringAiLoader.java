package io.claudeflux.peers;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.ai.anthropic.AnthropicChatModel;

/**
 * Loads Spring AI's client together with the SDK of its own pom, 2.52.0, beside the newer SDK of the class path.
 *
 * <p>The classes of both SDKs have the same names, so that only a loader that looks into its own jars first keeps them
 * apart. Everything else, Reactor and Spring AI's model classes included, is shared.
 */
final class SpringAiLoader extends URLClassLoader {
    private static final Path SDK = Path.of("target", "peers", "anthropic-java-core-2.52.0.jar");

    private SpringAiLoader(URL... jars) {
        super(jars, SpringAiLoader.class.getClassLoader());
    }

    static PeerClient open(PeerSettings settings) {
        try {
            return (PeerClient)
                    Loaded.PEER.getDeclaredConstructor(PeerSettings.class).newInstance(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Spring AI does not start", e);
        }
    }

    /** Once for all tests: the SDK has thousands of classes. */
    private static final class Loaded {
        static final Class<?> PEER = peer();

        private static Class<?> peer() {
            if (!Files.isReadable(SDK)) {
                throw new IllegalStateException(SDK + " is missing: mvn -Ppeers generate-test-resources brings it");
            }
            try {
                SpringAiLoader loader = new SpringAiLoader(
                        SDK.toUri().toURL(), source(AnthropicChatModel.class), source(SpringAiPeer.class));
                return loader.loadClass(SpringAiPeer.class.getName());
            } catch (ClassNotFoundException | MalformedURLException e) {
                throw new IllegalStateException("Spring AI is not on the class path", e);
            }
        }
    }

    private static URL source(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!isApart(name)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    private static boolean isApart(String name) {
        return name.startsWith("com.anthropic.")
                || name.startsWith("org.springframework.ai.anthropic.")
                || name.startsWith(SpringAiPeer.class.getName());
    }
}
