package io.laneway.k8s.client;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Separates what an API server refuses for good from what may pass at the next attempt. Stateless. */
public final class Refused {

    private static final int TOO_MANY_REQUESTS = 429;

    private Refused() {}

    /**
     * Whether the same write would be refused again: 4xx, but for 409 (someone else wrote meanwhile) and 429 (too many
     * at once).
     */
    public static boolean forGood(KubernetesClientException e) {
        int code = e.getCode();
        return code >= HttpURLConnection.HTTP_BAD_REQUEST
                && code < HttpURLConnection.HTTP_INTERNAL_ERROR
                && code != HttpURLConnection.HTTP_CONFLICT
                && code != TOO_MANY_REQUESTS;
    }

    /** What the API server said, in a line. */
    public static String said(KubernetesClientException e) {
        String message = e.getStatus() == null || e.getStatus().getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getStatus().getMessage();
        return e.getCode() + ": " + message;
    }
}
