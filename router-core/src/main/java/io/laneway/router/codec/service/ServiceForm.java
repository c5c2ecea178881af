package io.laneway.router.codec.service;

import io.laneway.router.codec.policy.PolicyForm;
import io.laneway.router.document.form.Definition;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The form of a service. */
public final class ServiceForm {

    private static final Type<String> WORD = Types.TEXT.labelled("letters, digits, `-`, `_`");

    private static final Key<Service, String> NAME =
            Key.identity("name", WORD, (Service service) -> service.id().name());
    private static final Key<Service, String> NAMESPACE = Key.optionalIdentity(
                    "namespace", WORD, (Service service) -> service.id().namespace())
            .doc("Part of the identity; elsewhere the service is `name.namespace`");
    private static final Key<Service, List<String>> HOSTS = Key.optional(
                    "hosts", Types.TEXTS.labelled("list of hosts, or `*.` and a host"), Service::hosts)
            .or(List.of())
            .doc("Each belongs to one service; without port");
    private static final Key<Service, String> SHIFT = Key.optional(
                    "shift", Types.TEXT.labelled("name of a shift"), Service::shift)
            .absent("`default`")
            .doc("Assigns tenants, and requests without one, that are decided here");
    private static final Key<Service, List<Deployment>> DEPLOYMENTS = Key.optional(
                    "deployments", Types.list(DeploymentForm.FORM.type()), Service::deployments)
            .or(List.of())
            .written()
            .doc("One a lane");
    private static final Key<Service, Policy> POLICY =
            Key.optional("policy", PolicyForm.FORM.type(), Service::policy).or(Policy.DEFAULT);

    /** A service with its deployments. */
    public static final Form<Service> FORM = Form.of(
            "Service",
            "A logical name that requests are for",
            ServiceForm::service,
            List.of(NAME, NAMESPACE, HOSTS, SHIFT, DEPLOYMENTS, POLICY));

    private ServiceForm() {}

    /** What the JSON Schema of a table has of services under {@code $defs}, in its order. */
    public static List<Definition> definitions() {
        return List.of(
                EndpointForm.OBJECT,
                EndpointForm.ENDPOINT,
                DeploymentForm.PORT,
                UpstreamTlsForm.FORM,
                DeploymentForm.FORM);
    }

    private static Service service(Read<Service> read) {
        return new Service(
                new ServiceId(read.of(NAME), read.orNull(NAMESPACE)),
                read.of(HOSTS),
                read.orNull(SHIFT),
                read.of(DEPLOYMENTS),
                read.of(POLICY));
    }

    /** The values of the keys that make an identity. */
    public static Map<String, String> known(ServiceId id) {
        Map<String, String> known = new HashMap<>();
        known.put(NAME.name(), id.name());
        if (id.namespace() != null) {
            known.put(NAMESPACE.name(), id.namespace());
        }
        return known;
    }
}
