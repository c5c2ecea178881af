package io.laneway.k8s.client;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes clients of the API server. */
public final class Clients {

    /** First pause before a broken watch is tried again; it doubles up to 32 times this. */
    private static final int RECONNECT_MILLIS = 150;

    private Clients() {}

    /**
     * A client for a connection; nothing is sent yet.
     *
     * @throws IllegalArgumentException if the kubeconfig cannot be read
     */
    public static KubernetesClient open(Connection connection) {
        ConfigBuilder config = new ConfigBuilder(base(connection))
                // A client holds few, long watches: HTTP/2 gains nothing, and a GOAWAY would cut all of them at once.
                .withHttp2Disable(true)
                .withWatchReconnectInterval(RECONNECT_MILLIS)
                .withUserAgent("laneway");
        if (connection.url() != null) {
            config.withMasterUrl(connection.url());
        }
        if (connection.ca() != null) {
            config.withCaCertFile(connection.ca()).withCaCertData(null);
        }
        String tokenFile = connection.tokenFile();
        if (tokenFile != null) {
            config.withOauthTokenProvider(() -> read(Path.of(tokenFile)));
        }
        return new KubernetesClientBuilder()
                .withConfig(config.build())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }

    private static Config base(Connection connection) {
        String kubeconfig = connection.kubeconfig();
        if (kubeconfig == null) {
            return Config.autoConfigure(connection.context());
        }
        if (!Files.isReadable(Path.of(kubeconfig))) {
            throw new IllegalArgumentException("kubeconfig: " + kubeconfig + " (expected: a file that can be read)");
        }
        return Config.fromKubeconfig(connection.context(), new File(kubeconfig));
    }

    private static @Nullable String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("token file " + file, e);
        }
    }
}
