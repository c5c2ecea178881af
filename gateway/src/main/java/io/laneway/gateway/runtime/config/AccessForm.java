package io.laneway.gateway.runtime.config;

import io.laneway.gateway.runtime.network.Network;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The document form of an {@link AccessConfig}. Stateless. */
final class AccessForm {

    private AccessForm() {}

    static @Nullable AccessConfig read(Node node, Problems problems) {
        Fields fields = Fields.withValues(node, problems);
        int before = problems.count();
        List<Network> allow = fields.list("allow", AccessForm::network);
        List<Network> deny = fields.list("deny", AccessForm::network);
        if (problems.count() > before) {
            fields.end();
            return null;
        }
        return fields.build(() -> new AccessConfig(allow, deny));
    }

    private static @Nullable Network network(Node node, Problems problems) {
        return Values.parsed(node, Network::parse, problems);
    }
}
