package io.laneway.router.tableform;

import io.laneway.router.document.Fields;
import io.laneway.router.document.Node;
import io.laneway.router.document.Problems;
import io.laneway.router.model.Deployment;
import io.laneway.router.model.Service;
import io.laneway.router.model.ServiceId;
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
        List<Deployment> deployments = fields.list("deployments", TableReader::deployment);
        Policy policy = fields.object("policy", TableReader::policy, Policy.DEFAULT);
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
