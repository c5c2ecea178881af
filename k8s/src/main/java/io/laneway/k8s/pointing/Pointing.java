package io.laneway.k8s.pointing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was noted on a Service when it was pointed at the gateway. Immutable.
 *
 * @param at       the gateway's pods it was pointed at
 * @param selector its own selector before
 * @param targets  its own target ports before, by {@code port/protocol}
 * @param manifest a hash of the manifest that kubectl had applied by then
 */
record Pointing(GatewayPods at, Map<String, String> selector, Map<String, IntOrString> targets, int manifest) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Pointing {
        selector = Map.copyOf(selector);
        targets = Map.copyOf(targets);
    }

    /** What is noted on a Service; null if nothing is, or nothing that can be read. */
    static @Nullable Pointing of(Service service) {
        Map<String, String> notes = Meta.annotations(service);
        String selector = notes.get(Marks.OLD_SELECTOR);
        if (selector == null) {
            return null;
        }
        JsonNode at = read(notes.getOrDefault(Marks.POINTED, "{}"));
        JsonNode own = read(selector);
        if (own == null || at == null) {
            return null;
        }
        GatewayPods pods = at.isEmpty()
                ? GatewayPods.DEFAULT
                : new GatewayPods(texts(at.path("selector")), at.path("port").asInt());
        Map<String, IntOrString> targets = new HashMap<>();
        JsonNode ports = read(notes.getOrDefault(Marks.OLD_PORTS, "{}"));
        if (ports != null) {
            ports.properties().forEach(one -> targets.put(key(one.getKey()), target(one.getValue())));
        }
        return new Pointing(pods, texts(own), targets, at.path("manifest").asInt());
    }

    /**
     * The notes for a Service that is pointed at the gateway's pods.
     *
     * @param own   its own selector
     * @param ports its own ports
     */
    static Map<String, String> notes(
            Map<String, String> own, List<ServicePort> ports, GatewayPods at, Service service) {
        ObjectNode targets = JSON.createObjectNode();
        for (ServicePort port : ports) {
            targets.set(key(port), JSON.valueToTree(target(port).getValue()));
        }
        ObjectNode pointed = JSON.createObjectNode();
        pointed.set("selector", JSON.valueToTree(new TreeMap<>(at.selector())));
        pointed.put("port", at.port());
        pointed.put("manifest", manifest(service));
        String selector = JSON.valueToTree(new TreeMap<>(own)).toString();
        return Map.of(
                Marks.OLD_SELECTOR, selector, Marks.OLD_PORTS, targets.toString(), Marks.POINTED, pointed.toString());
    }

    /** The manifest that kubectl applied after this was noted; null if it applied none. */
    @Nullable
    JsonNode newerManifest(Service service) {
        return manifest == manifest(service)
                ? null
                : read(Meta.annotations(service).get(Marks.APPLIED));
    }

    private static int manifest(Service service) {
        return Objects.hashCode(Meta.annotations(service).get(Marks.APPLIED));
    }

    static String key(ServicePort port) {
        return port.getPort() + "/" + Objects.requireNonNullElse(port.getProtocol(), "TCP");
    }

    /** Before there were protocols in the keys, all were TCP. */
    private static String key(String noted) {
        return noted.contains("/") ? noted : noted + "/TCP";
    }

    /** Where a port leads; the API server's default for one that does not say so is its own number. */
    static IntOrString target(ServicePort port) {
        return Objects.requireNonNullElseGet(port.getTargetPort(), () -> new IntOrString(port.getPort()));
    }

    static IntOrString target(JsonNode value) {
        return value.isNumber() ? new IntOrString(value.asInt()) : new IntOrString(value.asText());
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties()
                .forEach(one -> texts.put(one.getKey(), one.getValue().asText()));
        return texts;
    }

    private static @Nullable JsonNode read(@Nullable String json) {
        try {
            JsonNode node = json == null ? null : JSON.readTree(json);
            return node == null || !node.isObject() ? null : node;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
