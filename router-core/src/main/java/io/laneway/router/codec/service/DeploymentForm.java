package io.laneway.router.codec.service;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Numbers;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.document.form.Words;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The form of a deployment: one port written short, or several as {@code ports}. */
public final class DeploymentForm {

    private static final int MAX_PORT = 65_535;
    private static final Type<Protocol> PROTOCOL_TYPE = Words.one(Protocol.values(), Protocol::word);
    private static final Type<List<Endpoint>> ENDPOINTS_TYPE = Types.list(EndpointForm.ENDPOINT.reference());

    private static final Key<Port, String> PORT_NAME =
            Key.optional("name", Types.ANY_TEXT, Port::name).or("");
    private static final Key<Port, Integer> NUMBER = Key.optional(
                    "port",
                    Numbers.integer(1, MAX_PORT),
                    (Port port) -> port.number() == Port.ANY ? null : (Integer) port.number())
            .absent("any")
            .doc("The port by which clients name it; several ports need different numbers");
    private static final Key<Port, Protocol> PORT_PROTOCOL =
            Key.optional("protocol", PROTOCOL_TYPE, Port::protocol).or(Protocol.AUTO);
    private static final Key<Port, List<Endpoint>> PORT_ENDPOINTS = Key.optional(
                    "endpoints", ENDPOINTS_TYPE, Port::endpoints)
            .or(List.of())
            .written();
    private static final Key<Port, UpstreamTls> PORT_TLS = Key.optional(
                    "tls", UpstreamTlsForm.FORM.type().orOff(null), Port::tls)
            .absent("the deployment's");

    static final Form<Port> PORT = Form.of(
            "Port",
            "One of several ports of a deployment",
            read -> new Port(
                    read.of(PORT_NAME),
                    Objects.requireNonNullElse(read.orNull(NUMBER), Port.ANY),
                    read.of(PORT_PROTOCOL),
                    read.of(PORT_ENDPOINTS),
                    read.orNull(PORT_TLS)),
            List.of(PORT_NAME, NUMBER, PORT_PROTOCOL, PORT_ENDPOINTS, PORT_TLS));

    private static final Key<Deployment, String> LANE =
            Key.identity("lane", Types.TEXT.labelled("lane name"), Deployment::lane);
    private static final Key<Deployment, Protocol> PROTOCOL = Key.optional(
                    "protocol", PROTOCOL_TYPE, (Deployment deployment) -> {
                        Port only = only(deployment);
                        return only == null ? null : only.protocol();
                    })
            .or(Protocol.AUTO)
            .doc("What its endpoints speak");
    private static final Key<Deployment, List<Endpoint>> ENDPOINTS = Key.optional(
                    "endpoints", ENDPOINTS_TYPE, (Deployment deployment) -> {
                        Port only = only(deployment);
                        return only == null ? null : only.endpoints();
                    })
            .or(List.of())
            .written();
    private static final Key<Deployment, List<Port>> PORTS = Key.optional(
                    "ports",
                    Types.list(PORT.type()).with(json -> json.writeNumberField("minItems", 1)),
                    (Deployment deployment) -> only(deployment) == null ? deployment.ports() : null)
            .doc("Instead of `protocol` and `endpoints`");
    private static final Key<Deployment, UpstreamTls> TLS = Key.optional(
                    "tls", UpstreamTlsForm.FORM.type().orOff(null), Deployment::tls)
            .absent("off: defaults")
            .doc("For `https`, `h2`, and for `auto`, which then goes over TLS");

    /** A deployment. */
    public static final Form<Deployment> FORM = Form.of(
                    "Deployment",
                    "One service in one lane",
                    read -> new Deployment(read.of(LANE), ports(read), read.orNull(TLS)),
                    List.of(LANE, PROTOCOL, ENDPOINTS, PORTS, TLS))
            .where(DeploymentForm::shortOrPorts);

    private DeploymentForm() {}

    /** The port that is written short; null if there are several, or if it has a name, number or TLS of its own. */
    private static @Nullable Port only(Deployment deployment) {
        Port first = deployment.ports().get(0);
        boolean plain = deployment.ports().size() == 1
                && first.name().isEmpty()
                && first.number() == Port.ANY
                && first.tls() == null;
        return plain ? first : null;
    }

    private static List<Port> ports(Read<Deployment> read) {
        List<Port> ports = read.orNull(PORTS);
        return ports == null ? List.of(new Port("", Port.ANY, read.of(PROTOCOL), read.of(ENDPOINTS))) : ports;
    }

    private static void shortOrPorts(Fields fields, Read<Deployment> read) {
        if (!fields.has(PORTS.name())) {
            return;
        }
        for (String key : List.of(PROTOCOL.name(), ENDPOINTS.name())) {
            if (fields.has(key)) {
                fields.problem(key, key + " beside ports", key + " in each of ports");
            }
        }
        List<Port> ports = read.orNull(PORTS);
        if (ports == null || ports.isEmpty()) {
            fields.problem(PORTS.name(), "no port that can be used", "at least one port");
        }
    }
}
