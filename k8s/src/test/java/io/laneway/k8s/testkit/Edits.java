package io.laneway.k8s.testkit;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.function.UnaryOperator;

/** Edits an object as kubectl does: again on the new version where another client wrote meanwhile, such as a status. */
public final class Edits {

    private static final int TRIES = 50;

    private Edits() {}

    public static <T> void edit(Resource<T> resource, UnaryOperator<T> change) {
        for (int tries = 1; ; tries++) {
            try {
                resource.edit(change);
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || tries == TRIES) {
                    throw e;
                }
            }
        }
    }
}
