package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerNamespaces;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteGroupKind;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteNamespaces;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.object.Meta;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which routes a listener takes: {@code allowedRoutes} by kind and by namespace, where nothing said means the listener's own
 * namespace; and which ListenerSets a Gateway takes. Reads each namespace that a selector asks for once: made for one reconciliation. Blocks.
 */
public final class AllowedRoutes {

    private final KubernetesClient client;
    private final Map<String, Map<String, String>> labels = new HashMap<>();

    public AllowedRoutes(KubernetesClient client) {
        this.client = client;
    }

    public boolean permit(Gateway gateway, Listener listener, String kind, String namespace) {
        var allowed = listener.getAllowedRoutes();
        List<RouteGroupKind> kinds = allowed == null ? List.of() : allowed.getKinds();
        boolean ofKind = Listeners.kinds(listener).contains(kind)
                && (kinds.isEmpty()
                        || kinds.stream().anyMatch(one -> ListenerStatuses.ours(one) && kind.equals(one.getKind())));
        RouteNamespaces from = allowed == null ? null : allowed.getNamespaces();
        return ofKind
                && from(
                        from == null || from.getFrom() == null ? "Same" : from.getFrom(),
                        from == null ? null : from.getSelector(),
                        Origin.of(gateway, listener).namespace(),
                        namespace);
    }

    /** Whether a Gateway takes ListenerSets of a namespace: of none where it says nothing. */
    boolean permit(Gateway gateway, String namespace) {
        var allowed = gateway.getSpec().getAllowedListeners();
        ListenerNamespaces from = allowed == null ? null : allowed.getNamespaces();
        return from != null
                && from.getFrom() != null
                && from(from.getFrom(), from.getSelector(), Meta.namespace(gateway), namespace);
    }

    private boolean from(String from, @Nullable LabelSelector selector, String own, String namespace) {
        return switch (from) {
            case "All" -> true;
            case "Same" -> own.equals(namespace);
            case "Selector" -> matches(selector, namespace);
            default -> false;
        };
    }

    private boolean matches(@Nullable LabelSelector selector, String namespace) {
        if (selector == null) {
            return false;
        }
        Map<String, String> has = labels.computeIfAbsent(namespace, this::labels);
        Map<String, String> wanted = selector.getMatchLabels();
        return (wanted == null || has.entrySet().containsAll(wanted.entrySet()))
                && selector.getMatchExpressions().stream().allMatch(one -> matches(one, has));
    }

    private Map<String, String> labels(String namespace) {
        // Since 1.22 each namespace has its name as a label.
        Map<String, String> labels = new HashMap<>(Map.of("kubernetes.io/metadata.name", namespace));
        try {
            Namespace object = client.namespaces().withName(namespace).get();
            if (object != null) {
                labels.putAll(Meta.labels(object));
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            // Without the right to see its other labels it has none.
        }
        return labels;
    }

    private static boolean matches(LabelSelectorRequirement one, Map<String, String> has) {
        String value = has.get(one.getKey());
        return switch (one.getOperator()) {
            case "In" -> value != null && one.getValues().contains(value);
            case "NotIn" -> value == null || !one.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> false;
        };
    }
}
