package io.laneway.router.tableform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.model.Deployment;
import io.laneway.router.model.Endpoint;
import io.laneway.router.model.Port;
import io.laneway.router.model.Protocol;
import io.laneway.router.model.Service;
import io.laneway.router.model.UpstreamTls;
import io.laneway.router.policy.Policy;
import java.io.IOException;

/** Writes services and their deployments. */
final class ServiceOut {

    private ServiceOut() {}

    static void service(JsonGenerator json, Service service) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", service.id().name());
        Json.text(json, "namespace", service.id().namespace(), null);
        if (!service.hosts().isEmpty()) {
            Json.texts(json, "hosts", service.hosts());
        }
        Json.text(json, "shift", service.shift(), null);
        Json.list(json, "deployments", service.deployments(), ServiceOut::deployment);
        if (!service.policy().equals(Policy.DEFAULT)) {
            json.writeFieldName("policy");
            PolicyOut.policy(json, service.policy());
        }
        json.writeEndObject();
    }

    static void deployment(JsonGenerator json, Deployment deployment) throws IOException {
        json.writeStartObject();
        json.writeStringField("lane", deployment.lane());
        Port first = deployment.ports().get(0);
        if (deployment.ports().size() == 1 && first.name().isEmpty() && first.number() == Port.ANY) {
            members(json, first);
        } else {
            Json.list(json, "ports", deployment.ports(), ServiceOut::port);
        }
        if (deployment.tls() != null) {
            tls(json, deployment.tls());
        }
        json.writeEndObject();
    }

    private static void port(JsonGenerator json, Port port) throws IOException {
        json.writeStartObject();
        Json.text(json, "name", port.name(), "");
        Json.number(json, "port", port.number(), Port.ANY);
        members(json, port);
        json.writeEndObject();
    }

    private static void members(JsonGenerator json, Port port) throws IOException {
        Json.text(json, "protocol", port.protocol().word(), Protocol.AUTO.word());
        Json.list(json, "endpoints", port.endpoints(), ServiceOut::endpoint);
    }

    private static void endpoint(JsonGenerator json, Endpoint endpoint) throws IOException {
        if (endpoint.equals(Endpoint.at(endpoint.address()))) {
            json.writeString(endpoint.address());
            return;
        }
        json.writeStartObject();
        json.writeStringField("address", endpoint.address());
        Json.number(json, "weight", endpoint.weight(), 1);
        Json.text(json, "zone", endpoint.zone(), "");
        Json.bool(json, "ready", endpoint.ready(), true);
        Json.bool(json, "draining", endpoint.draining(), false);
        json.writeEndObject();
    }

    private static void tls(JsonGenerator json, UpstreamTls tls) throws IOException {
        json.writeObjectFieldStart("tls");
        Json.text(json, "ca", tls.ca(), null);
        Json.text(json, "serverName", tls.serverName(), null);
        Json.text(json, "certificate", tls.certificate(), null);
        Json.text(json, "privateKey", tls.privateKey(), null);
        Json.bool(json, "verify", tls.verify(), true);
        json.writeEndObject();
    }
}
