package io.laneway.router.tableform;

import io.laneway.router.document.Fields;
import io.laneway.router.document.Node;
import io.laneway.router.document.Problems;
import io.laneway.router.model.Route;
import io.laneway.router.model.ServiceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of a route. */
final class RouteForm {

    private RouteForm() {}

    static @Nullable Route read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        List<String> hosts = fields.texts("hosts");
        String path = fields.text("path", "/");
        String service = fields.text("service");
        boolean stripPrefix = fields.bool("stripPrefix", false);
        return fields.build(() -> new Route(hosts, path, ServiceId.parse(service), stripPrefix));
    }
}
