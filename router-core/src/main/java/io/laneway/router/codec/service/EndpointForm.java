package io.laneway.router.codec.service;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.form.Definition;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Named;
import io.laneway.router.document.form.Numbers;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.model.service.Endpoint;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of an endpoint: its address alone, or a mapping that says more. */
final class EndpointForm {

    private static final Key<Endpoint, String> ADDRESS =
            Key.required("address", Types.TEXT, Endpoint::address).doc("host:port; IPv6 in brackets");
    private static final Key<Endpoint, Integer> WEIGHT = Key.optional(
                    "weight", Numbers.integer(0, Integer.MAX_VALUE), Endpoint::weight)
            .or(1)
            .doc("Share of requests against its siblings; 0 takes none");
    private static final Key<Endpoint, String> ZONE =
            Key.optional("zone", Types.ANY_TEXT, Endpoint::zone).or("");
    private static final Key<Endpoint, Boolean> READY = Key.optional("ready", Types.BOOLEAN, Endpoint::ready)
            .or(true)
            .doc("`false` while it must not get requests");
    private static final Key<Endpoint, Boolean> DRAINING = Key.optional("draining", Types.BOOLEAN, Endpoint::draining)
            .or(false)
            .doc("`true` while it finishes what it has and gets nothing new");

    /** An endpoint that says more than its address. */
    static final Form<Endpoint> OBJECT = Form.of(
            "EndpointObject",
            "",
            read -> new Endpoint(read.of(ADDRESS), read.of(WEIGHT), read.of(ZONE), read.of(READY), read.of(DRAINING)),
            List.of(ADDRESS, WEIGHT, ZONE, READY, DRAINING));

    static final Named<Endpoint> ENDPOINT = new Named<>(
            "Endpoint",
            new Type<>(
                    "host:port",
                    "`host:port` or " + OBJECT.type().label(),
                    Type.Schema.oneOf(EndpointForm::address, Definition.reference("EndpointObject")),
                    EndpointForm::read,
                    EndpointForm::write));

    private EndpointForm() {}

    private static void address(JsonGenerator json) throws IOException {
        json.writeStringField("type", "string");
        json.writeStringField("description", "host:port");
    }

    private static @Nullable Endpoint read(Node node, Problems problems) {
        if (node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.TEXT) {
            return Endpoint.at(scalar.text());
        }
        return OBJECT.read(node, problems);
    }

    private static void write(JsonGenerator json, Endpoint endpoint) throws IOException {
        if (endpoint.equals(Endpoint.at(endpoint.address()))) {
            json.writeString(endpoint.address());
        } else {
            OBJECT.write(json, endpoint);
        }
    }
}
