package io.laneway.k8s.client;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** Knows a kind that a cluster does not have from one that cannot be listed now. Stateless. */
public final class AbsentKind {

    private AbsentKind() {}

    /** Whether a kind is not in the cluster, or not for us by the roles that an older version came with. */
    public static boolean is(@Nullable Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException refused
                    && (refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                            || refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN)) {
                return true;
            }
        }
        return false;
    }
}
