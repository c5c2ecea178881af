package io.laneway.k8s.client;

import org.jspecify.annotations.Nullable;

/**
 * How to reach the API server. Immutable. With nothing set it is found as {@code kubectl} does: {@code KUBECONFIG} or
 * {@code ~/.kube/config}, else the service account of the pod.
 *
 * @param kubeconfig file to read instead
 * @param context    the context of the kubeconfig, null for its current one
 * @param url        the API server, over what the kubeconfig says; {@code http} or {@code https}
 * @param tokenFile  a file with a bearer token, read again when it changes
 * @param ca         certificates to trust (PEM)
 */
public record Connection(
        @Nullable String kubeconfig,
        @Nullable String context,
        @Nullable String url,
        @Nullable String tokenFile,
        @Nullable String ca) {

    /** As {@code kubectl} finds it. */
    public static final Connection DEFAULT = new Connection(null, null, null, null, null);

    public Connection {
        if (url != null && !url.startsWith("http://") && !url.startsWith("https://")) {
            throw new IllegalArgumentException("url: " + url + " (expected: http://… or https://…)");
        }
    }
}
