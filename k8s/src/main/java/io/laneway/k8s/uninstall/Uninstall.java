package io.laneway.k8s.uninstall;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.resource.CustomKind;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes Laneway's traces out of a cluster, whether the control API still runs or not: Services that point at the gateway
 * first, while there is a gateway; then Services beside Gateways, and what the API server asks on every write; then custom resources with their
 * finalisers, shifts before the lanes that they need; their definitions last. What was interrupted is continued by the next
 * call. Blocks; confined to one thread.
 */
public final class Uninstall {

    private static final String OURS = ".laneway.io";

    private final KubernetesClient client;
    private final Duration patience;
    private final boolean dryRun;
    private final Consumer<String> said;

    /**
     * @param patience how long the control API may take for its part of a step
     * @param dryRun   true says what would be done and does nothing
     * @param said     gets a line for each step
     */
    public Uninstall(KubernetesClient client, Duration patience, boolean dryRun, Consumer<String> said) {
        this.client = client;
        this.patience = patience;
        this.dryRun = dryRun;
        this.said = said;
    }

    /** @throws IllegalStateException if a Service does not get its endpoints back; what comes after is left then */
    public void run() {
        ProxiedRelease services = new ProxiedRelease(client, patience);
        services.all().forEach(key -> step("Service " + key + ": points at its own pods", () -> services.release(key)));
        client.services()
                .inAnyNamespace()
                .withLabel(Marks.NAMES_GATEWAY)
                .list()
                .getItems()
                .forEach(one -> step(
                        "Service " + Meta.key(one) + ": deleted",
                        () -> client.resource(one).delete()));
        admission();
        ResourceRemoval resources = new ResourceRemoval(client, patience);
        for (CustomKind kind : List.of(CustomKind.TENANT_SHIFT, CustomKind.LANE)) {
            List<String> keys = resources.keys(kind);
            if (!keys.isEmpty()) {
                step(kind.kind() + " " + String.join(", ", keys) + ": deleted", () -> resources.remove(kind));
            }
        }
        for (CustomKind kind : CustomKind.values()) {
            String name = kind.context().getPlural() + "." + CustomKind.GROUP;
            var definition =
                    client.apiextensions().v1().customResourceDefinitions().withName(name);
            if (definition.get() != null) {
                step("CustomResourceDefinition " + name + ": deleted", definition::delete);
            }
        }
    }

    /** After the Services: until then the webhook keeps their way back without a gap. */
    private void admission() {
        var v1 = client.admissionRegistration().v1();
        v1.mutatingWebhookConfigurations().list().getItems().stream()
                .filter(one -> one.getWebhooks().stream()
                        .anyMatch(hook -> hook.getName().endsWith(OURS)))
                .forEach(this::delete);
        try {
            v1.validatingAdmissionPolicyBindings().list().getItems().stream()
                    .filter(one -> one.getMetadata().getName().startsWith("laneway-"))
                    .forEach(this::delete);
            v1.validatingAdmissionPolicies().list().getItems().stream()
                    .filter(one -> one.getMetadata().getName().startsWith("laneway-"))
                    .forEach(this::delete);
        } catch (KubernetesClientException e) {
            // Kubernetes before 1.30 has no such kind.
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private void delete(HasMetadata object) {
        step(
                object.getKind() + " " + object.getMetadata().getName() + ": deleted",
                () -> client.resource(object).delete());
    }

    private void step(String what, Runnable action) {
        if (!dryRun) {
            action.run();
        }
        said.accept(dryRun ? what + " (not done)" : what);
    }
}
