package io.laneway.router.codec;

import io.laneway.router.document.fields.Fields;
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

    private DeploymentForm() {}

    static @Nullable Deployment read(Node node, @Nullable String known, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String lane = Identity.text(fields, "lane", known);
        UpstreamTls tls = fields.optionalObject("tls", DeploymentForm::tls);
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
        Fields fields = Fields.of(node, problems);
        String address = fields.text("address");
        int weight = fields.integer("weight", 0, Integer.MAX_VALUE, 1);
        String zone = fields.text("zone", "");
        boolean ready = fields.bool("ready", true);
        boolean draining = fields.bool("draining", false);
        return fields.build(() -> new Endpoint(address, weight, zone, ready, draining));
    }

    private static @Nullable UpstreamTls tls(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String ca = fields.optionalText("ca");
        String serverName = fields.optionalText("serverName");
        String certificate = fields.optionalText("certificate");
        String privateKey = fields.optionalText("privateKey");
        boolean verify = fields.bool("verify", true);
        return fields.build(() -> new UpstreamTls(ca, serverName, certificate, privateKey, verify));
    }
}
