package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.object.Meta;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which version of the Gateway API a cluster has, by the annotation of its definitions, and whether it is one that we read:
 * what later versions of the same major one add is refused where it is used. Immutable.
 *
 * @param text as the definition says it, empty where it says none
 */
record BundleVersion(String text) {

    private static final String DEFINITION = "gatewayclasses.gateway.networking.k8s.io";
    private static final String ANNOTATION = "gateway.networking.k8s.io/bundle-version";
    private static final Pattern FORM = Pattern.compile("v1\\.(\\d{1,4})\\..*");

    /** GRPCRoutes are of version {@code v1} from here on. */
    private static final int LEAST = 1;

    /** The cluster's, null where it cannot be found out. Blocks. */
    static @Nullable BundleVersion read(KubernetesClient client) {
        try {
            CustomResourceDefinition definition = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(DEFINITION)
                    .get();
            return definition == null
                    ? null
                    : new BundleVersion(Meta.annotations(definition).getOrDefault(ANNOTATION, ""));
        } catch (KubernetesClientException e) {
            // Without the right to see it, or for now.
            return null;
        }
    }

    boolean supported() {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() && Integer.parseInt(matcher.group(1)) >= LEAST;
    }

    String message() {
        return supported()
                ? ""
                : "CustomResourceDefinition " + DEFINITION + ": " + (text.isEmpty() ? "no " + ANNOTATION : text)
                        + " (expected: v1." + LEAST + " or a later v1)";
    }
}
