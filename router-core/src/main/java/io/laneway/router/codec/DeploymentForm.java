package io.laneway.router.codec;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of a deployment: one port written short, or several as {@code ports}. */
final class DeploymentForm {

    private static final Key<Endpoint, String> ADDRESS =
            Key.required("address", Types.TEXT, Endpoint::address).doc("host:port");
    private static final Key<Endpoint, Integer> WEIGHT = Key.optional(
                    "weight", Types.integer(0, Integer.MAX_VALUE), Endpoint::weight)
            .or(1);
    private static final Key<Endpoint, String> ZONE =
            Key.optional("zone", Types.ANY_TEXT, Endpoint::zone).or("");
    private static final Key<Endpoint, Boolean> READY =
            Key.optional("ready", Types.BOOLEAN, Endpoint::ready).or(true);
    private static final Key<Endpoint, Boolean> DRAINING =
            Key.optional("draining", Types.BOOLEAN, Endpoint::draining).or(false);

    /** An endpoint that says more than its address. */
    static final Form<Endpoint> ENDPOINT = Form.of(
            "",
            read -> new Endpoint(read.of(ADDRESS), read.of(WEIGHT), read.of(ZONE), read.of(READY), read.of(DRAINING)),
            List.of(ADDRESS, WEIGHT, ZONE, READY, DRAINING));

    private static final Key<UpstreamTls, String> CA = Key.optional("ca", Types.TEXT, UpstreamTls::ca);
    private static final Key<UpstreamTls, String> SERVER_NAME =
            Key.optional("serverName", Types.TEXT, UpstreamTls::serverName);
    private static final Key<UpstreamTls, String> CERTIFICATE =
            Key.optional("certificate", Types.TEXT, UpstreamTls::certificate);
    private static final Key<UpstreamTls, String> PRIVATE_KEY =
            Key.optional("privateKey", Types.TEXT, UpstreamTls::privateKey);
    private static final Key<UpstreamTls, Boolean> VERIFY =
            Key.optional("verify", Types.BOOLEAN, UpstreamTls::verify).or(true);

    /** How a gateway speaks TLS to a deployment. */
    static final Form<UpstreamTls> TLS = Form.of(
            "How a gateway speaks TLS to a deployment; files are the gateway's",
            read -> new UpstreamTls(
                    read.orNull(CA),
                    read.orNull(SERVER_NAME),
                    read.orNull(CERTIFICATE),
                    read.orNull(PRIVATE_KEY),
                    read.of(VERIFY)),
            List.of(CA, SERVER_NAME, CERTIFICATE, PRIVATE_KEY, VERIFY));

    private DeploymentForm() {}

    static @Nullable Deployment read(Node node, @Nullable String known, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String lane = Identity.text(fields, "lane", known);
        UpstreamTls tls = fields.optionalObject("tls", TLS);
        List<Port> ports = ports(fields);
        return fields.build(() -> new Deployment(lane, ports, tls));
    }

    private static List<Port> ports(Fields fields) {
        if (!fields.has("ports")) {
            return List.of(new Port("", Port.ANY, protocol(fields), endpoints(fields)));
        }
        for (String key : List.of("protocol", "endpoints")) {
            if (fields.has(key)) {
                fields.problem(key, key + " beside ports", key + " in each of ports");
            }
        }
        List<Port> ports = fields.list("ports", DeploymentForm::port);
        if (ports.isEmpty()) {
            fields.problem("ports", "no port that can be used", "at least one port");
        }
        return ports;
    }

    private static @Nullable Port port(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String name = fields.text("name", "");
        int number = fields.integer("port", 1, 65_535, Port.ANY);
        Protocol protocol = protocol(fields);
        List<Endpoint> endpoints = endpoints(fields);
        return fields.build(() -> new Port(name, number, protocol, endpoints));
    }

    private static Protocol protocol(Fields fields) {
        return fields.word("protocol", Protocol.values(), Protocol::word, Protocol.AUTO);
    }

    private static List<Endpoint> endpoints(Fields fields) {
        return fields.list("endpoints", DeploymentForm::endpoint);
    }

    private static @Nullable Endpoint endpoint(Node node, Problems problems) {
        if (node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.TEXT) {
            return Endpoint.at(scalar.text());
        }
        return ENDPOINT.read(node, problems);
    }
}
