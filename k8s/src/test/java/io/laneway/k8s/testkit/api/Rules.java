package io.laneway.k8s.testkit.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** What an API server checks and completes in an object before it stores it. Pure. */
final class Rules {

    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final int MAX_NOTE = 1024;

    private Rules() {}

    static void check(String plural, JsonNode object) {
        JsonNode meta = object.path("metadata");
        String prefix = meta.path("generateName").asText();
        // The API server takes a trailing dash for the letters that follow it.
        if (!prefix.isEmpty()) {
            name(plural, "metadata.generateName", prefix.endsWith("-") ? prefix + "x" : prefix);
        }
        name(plural, "metadata.name", meta.path("name").asText());
        if (plural.equals("services")) {
            service(object.path("spec"));
        }
        if (plural.equals("events")) {
            event(object);
        }
    }

    private static void name(String plural, String field, String name) {
        boolean service = plural.equals("services");
        boolean fits = service
                ? name.length() <= MAX_LABEL && LABEL.matcher(name).matches()
                : name.length() <= MAX_NAME && SUBDOMAIN.matcher(name).matches();
        if (!fits) {
            throw new Refusal(
                    422,
                    "Invalid",
                    field + ": Invalid value: \"" + name + "\": a lowercase RFC 1123"
                            + " subdomain must consist of lower case alphanumeric characters, '-' or '.'");
        }
    }

    private static void service(JsonNode spec) {
        for (JsonNode port : spec.path("ports")) {
            if (!port.path("port").isInt()) {
                throw new Refusal(422, "Invalid", "spec.ports[].port: Required value: " + port);
            }
            if (port.path("targetPort").isTextual()
                    && port.path("targetPort").asText().length() > 15) {
                throw new Refusal(422, "Invalid", "spec.ports[].targetPort: must be no more than 15 characters");
            }
        }
        spec.path("selector").properties().forEach(one -> {
            if (one.getValue().asText().length() > MAX_LABEL) {
                throw new Refusal(422, "Invalid", "spec.selector: must be no more than 63 characters");
            }
        });
    }

    private static void event(JsonNode event) {
        for (String field :
                new String[] {"eventTime", "reportingController", "reportingInstance", "action", "reason"}) {
            if (event.path(field).asText().isEmpty()) {
                throw new Refusal(422, "Invalid", field + ": Required value");
            }
        }
        String namespace = event.path("metadata").path("namespace").asText();
        if (!event.path("regarding").path("namespace").asText().equals(namespace)) {
            throw new Refusal(422, "Invalid", "involvedObject.namespace: does not match event.namespace");
        }
        if (event.path("note").asText().length() > MAX_NOTE) {
            throw new Refusal(422, "Invalid", "note: can have at most 1024 bytes");
        }
    }

    /** Sets what an API server sets where a manifest says nothing. */
    static void complete(String plural, ObjectNode object) {
        if (!plural.equals("services")) {
            return;
        }
        ObjectNode spec = object.withObjectProperty("spec");
        for (JsonNode one : spec.path("ports")) {
            ObjectNode port = (ObjectNode) one;
            if (!port.has("protocol")) {
                port.put("protocol", "TCP");
            }
            if (!port.hasNonNull("targetPort")) {
                port.set("targetPort", port.get("port"));
            }
        }
        if (!spec.has("type")) {
            spec.put("type", "ClusterIP");
        }
    }
}
