package io.laneway.k8s.testkit.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an API server says of its own groups and kinds, as clients ask before they speak of a kind. Stateless. */
final class ApiLists {

    private static final Map<String, Map<String, String>> KINDS = new TreeMap<>(Map.of(
            "v1",
                    Map.of(
                            "services",
                            "Service",
                            "pods",
                            "Pod",
                            "namespaces",
                            "Namespace",
                            "secrets",
                            "Secret",
                            "configmaps",
                            "ConfigMap"),
            "gateway.networking.k8s.io/v1",
                    Map.of(
                            "gatewayclasses",
                            "GatewayClass",
                            "gateways",
                            "Gateway",
                            "listenersets",
                            "ListenerSet",
                            "httproutes",
                            "HTTPRoute",
                            "grpcroutes",
                            "GRPCRoute",
                            "tlsroutes",
                            "TLSRoute",
                            "backendtlspolicies",
                            "BackendTLSPolicy"),
            "gateway.networking.k8s.io/v1beta1", Map.of("referencegrants", "ReferenceGrant"),
            "discovery.k8s.io/v1", Map.of("endpointslices", "EndpointSlice"),
            "events.k8s.io/v1", Map.of("events", "Event"),
            "networking.k8s.io/v1", Map.of("ingresses", "Ingress"),
            "laneway.io/v1alpha1", Map.of("lanes", "Lane", "tenantshifts", "TenantShift"),
            "rbac.authorization.k8s.io/v1",
                    Map.of("clusterroles", "ClusterRole", "clusterrolebindings", "ClusterRoleBinding"),
            "admissionregistration.k8s.io/v1", Map.of("mutatingwebhookconfigurations", "MutatingWebhookConfiguration"),
            "apiextensions.k8s.io/v1", Map.of("customresourcedefinitions", "CustomResourceDefinition")));

    private ApiLists() {}

    static String kind(String plural) {
        return KINDS.values().stream()
                .filter(kinds -> kinds.containsKey(plural))
                .map(kinds -> kinds.get(plural))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "NotFound", "no kind " + plural));
    }

    /** The answer to a path that names no kind; null for others. */
    static @Nullable ObjectNode of(String path) {
        ObjectNode list = Store.JSON.createObjectNode();
        if (path.equals("/api")) {
            list.put("kind", "APIVersions").putArray("versions").add("v1");
            return list;
        }
        if (path.equals("/apis")) {
            list.put("kind", "APIGroupList").put("apiVersion", "v1");
            KINDS.keySet().stream().filter(one -> one.contains("/")).forEach(one -> group(list, one));
            return list;
        }
        String version = path.replaceFirst("^/apis?/", "");
        Map<String, String> kinds = KINDS.get(version);
        if (kinds == null) {
            return null;
        }
        list.put("kind", "APIResourceList").put("apiVersion", "v1").put("groupVersion", version);
        kinds.forEach((plural, kind) -> list.withArrayProperty("resources")
                .addObject()
                .put("name", plural)
                .put("singularName", "")
                .put("kind", kind)
                .put(
                        "namespaced",
                        !kind.startsWith("Cluster")
                                && !kind.startsWith("Mutating")
                                && !kind.startsWith("Custom")
                                && !kind.equals("Namespace")
                                && !kind.equals("GatewayClass"))
                .putArray("verbs")
                .add("get")
                .add("list")
                .add("create")
                .add("patch")
                .add("watch")
                .add("delete"));
        return list;
    }

    private static void group(ObjectNode list, String version) {
        String[] parts = version.split("/");
        ObjectNode group = list.withArrayProperty("groups").addObject().put("name", parts[0]);
        group.putArray("versions").addObject().put("groupVersion", version).put("version", parts[1]);
        group.putObject("preferredVersion").put("groupVersion", version).put("version", parts[1]);
    }
}
