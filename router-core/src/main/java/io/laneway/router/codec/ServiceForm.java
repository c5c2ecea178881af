package io.laneway.router.codec;

import io.laneway.router.codec.policy.PolicyForm;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of a service. */
final class ServiceForm {

    private ServiceForm() {}

    static @Nullable Service read(Node node, @Nullable ServiceId known, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String name = Identity.text(fields, "name", known == null ? null : known.name());
        String namespace = namespace(fields, known);
        List<String> hosts = fields.texts("hosts");
        String shift = fields.optionalText("shift");
        List<Deployment> deployments =
                fields.list("deployments", (item, list) -> DeploymentForm.read(item, null, list));
        Policy policy = fields.object("policy", PolicyForm::read, Policy.DEFAULT);
        return fields.build(() -> new Service(new ServiceId(name, namespace), hosts, shift, deployments, policy));
    }

    private static @Nullable String namespace(Fields fields, @Nullable ServiceId known) {
        String written = fields.optionalText("namespace");
        if (known == null) {
            return written;
        }
        if (written != null && !written.equals(known.namespace())) {
            String expected = known.namespace() == null ? "no namespace" : "'" + known.namespace() + "', or nothing";
            fields.problem("namespace", "'" + written + "'", expected);
        }
        return known.namespace();
    }
}
