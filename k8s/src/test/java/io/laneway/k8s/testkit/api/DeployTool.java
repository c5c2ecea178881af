package io.laneway.k8s.testkit.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Writes a team's Service as deployment tools do: {@code kubectl apply} and Argo CD's self-heal by a three-way strategic
 * merge over the annotation of what was applied last, Helm by one over the manifest of its last release, both also by
 * server-side apply, and {@code kubectl replace}. Confined to one thread.
 */
public final class DeployTool {

    static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String STRATEGIC = "application/strategic-merge-patch+json";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final String collection;
    private @Nullable ObjectNode release;

    /** @param namespace where the Services are */
    public DeployTool(String url, String namespace) {
        this.url = url;
        this.collection = "/api/v1/namespaces/" + namespace + "/services";
    }

    /** {@code kubectl apply -f}, and what Argo CD does to heal itself. */
    public void kubectlApply(String manifest) {
        ObjectNode modified = parse(manifest);
        ObjectNode annotated = modified.deepCopy();
        annotated
                .withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .put(APPLIED, modified.toString());
        ObjectNode live = live(modified);
        if (live == null) {
            send("POST", collection, "application/json", annotated, "kubectl-client-side-apply");
            return;
        }
        String last = live.path("metadata").path("annotations").path(APPLIED).asText();
        ObjectNode patch = threeWay(last.isEmpty() ? null : parse(last), annotated, live);
        if (!patch.isEmpty()) {
            send("PATCH", path(modified), STRATEGIC, patch, "kubectl-client-side-apply");
        }
    }

    /** {@code helm upgrade}, and {@code helm rollback} with the manifest of an earlier release. */
    public void helmUpgrade(String manifest) {
        ObjectNode modified = parse(manifest);
        ObjectNode live = live(modified);
        if (live == null) {
            send("POST", collection, "application/json", modified, "helm");
        } else {
            ObjectNode patch = threeWay(release, modified, live);
            if (!patch.isEmpty()) {
                send("PATCH", path(modified), STRATEGIC, patch, "helm");
            }
        }
        release = modified;
    }

    /** {@code kubectl apply --server-side}; the status of the answer, 409 for a conflict. */
    public int serverSideApply(String manifest, String manager, boolean force) {
        ObjectNode modified = parse(manifest);
        return status(
                "PATCH", path(modified) + "?force=" + force + "&", "application/apply-patch+yaml", modified, manager);
    }

    /** {@code kubectl replace}: all that the manifest does not say is gone. */
    public void replace(String manifest) {
        ObjectNode modified = parse(manifest);
        send("PUT", path(modified), "application/json", modified, "kubectl-replace");
    }

    /** {@code kubectl annotate}; null takes an annotation away. */
    public void annotate(String service, String key, @Nullable String value) {
        ObjectNode patch = Store.JSON.createObjectNode();
        patch.withObjectProperty("metadata").withObjectProperty("annotations").put(key, value);
        send("PATCH", collection + "/" + service, "application/merge-patch+json", patch, "kubectl-annotate");
    }

    private String path(ObjectNode service) {
        return collection + "/" + service.path("metadata").path("name").asText();
    }

    private @Nullable ObjectNode live(ObjectNode service) {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(url + path(service))).build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 404 ? null : parse(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void send(String method, String path, String type, JsonNode body, String manager) {
        int status = status(method, path + "?", type, body, manager);
        if (status != 200) {
            throw new IllegalStateException(method + " " + path + ": " + status);
        }
    }

    private int status(String method, String path, String type, JsonNode body, String manager) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path + "fieldManager=" + manager))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode parse(String json) {
        try {
            return (ObjectNode) Store.JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What differs from what is there, and what went since the original; as kubectl and Helm compute it. */
    static ObjectNode threeWay(@Nullable JsonNode original, JsonNode modified, JsonNode live) {
        ObjectNode patch = Store.JSON.createObjectNode();
        modified.properties().forEach(one -> {
            JsonNode wanted = one.getValue();
            JsonNode now = live.path(one.getKey());
            if (wanted instanceof ArrayNode list && one.getKey().equals("ports")) {
                ports(original == null ? null : original.path("ports"), list, now, patch);
            } else if (wanted.isObject()) {
                ObjectNode child = threeWay(original == null ? null : original.path(one.getKey()), wanted, now);
                if (!child.isEmpty()) {
                    patch.set(one.getKey(), child);
                }
            } else if (!wanted.equals(now)) {
                patch.set(one.getKey(), wanted);
            }
        });
        if (original != null) {
            original.properties().forEach(one -> {
                if (!modified.has(one.getKey())) {
                    patch.putNull(one.getKey());
                }
            });
        }
        return patch;
    }

    private static void ports(@Nullable JsonNode original, ArrayNode modified, JsonNode live, ObjectNode into) {
        ArrayNode changes = Store.JSON.createArrayNode();
        modified.forEach(port -> {
            ObjectNode change = threeWay(item(original, port), port, item(live, port));
            if (!change.isEmpty()) {
                change.set("port", port.get("port"));
                changes.add(change);
            }
        });
        if (original != null) {
            original.forEach(port -> {
                if (item(modified, port).isMissingNode()) {
                    changes.addObject().put("$patch", "delete").set("port", port.get("port"));
                }
            });
        }
        if (!changes.isEmpty()) {
            ArrayNode order = into.putArray("$setElementOrder/ports");
            modified.forEach(port -> order.addObject().set("port", port.get("port")));
            into.set("ports", changes);
        }
    }

    private static JsonNode item(@Nullable JsonNode list, JsonNode port) {
        if (list != null) {
            for (JsonNode one : list) {
                if (one.path("port").equals(port.get("port"))) {
                    return one;
                }
            }
        }
        return Store.JSON.missingNode();
    }
}
