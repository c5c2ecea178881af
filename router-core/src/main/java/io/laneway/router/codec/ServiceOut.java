package io.laneway.router.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.codec.policy.PolicyOut;
import io.laneway.router.document.fields.JsonFields;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.policy.Policy;
import java.io.IOException;

/** Writes services and their deployments. */
final class ServiceOut {

    private ServiceOut() {}

    static void service(JsonGenerator json, Service service) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", service.id().name());
        JsonFields.text(json, "namespace", service.id().namespace(), null);
        if (!service.hosts().isEmpty()) {
            JsonFields.texts(json, "hosts", service.hosts());
        }
        JsonFields.text(json, "shift", service.shift(), null);
        JsonFields.list(json, "deployments", service.deployments(), ServiceOut::deployment);
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
            JsonFields.list(json, "ports", deployment.ports(), ServiceOut::port);
        }
        if (deployment.tls() != null) {
            json.writeFieldName("tls");
            DeploymentForm.TLS.write(json, deployment.tls());
        }
        json.writeEndObject();
    }

    private static void port(JsonGenerator json, Port port) throws IOException {
        json.writeStartObject();
        JsonFields.text(json, "name", port.name(), "");
        JsonFields.number(json, "port", port.number(), Port.ANY);
        members(json, port);
        json.writeEndObject();
    }

    private static void members(JsonGenerator json, Port port) throws IOException {
        JsonFields.text(json, "protocol", port.protocol().word(), Protocol.AUTO.word());
        JsonFields.list(json, "endpoints", port.endpoints(), ServiceOut::endpoint);
    }

    private static void endpoint(JsonGenerator json, Endpoint endpoint) throws IOException {
        if (endpoint.equals(Endpoint.at(endpoint.address()))) {
            json.writeString(endpoint.address());
            return;
        }
        DeploymentForm.ENDPOINT.write(json, endpoint);
    }
}
