package io.laneway.router.codec;

import io.laneway.router.codec.policy.HeadersForm;
import io.laneway.router.codec.policy.TestForm;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteAction.Part;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteAction.Rewrite;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.unit.Share;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of a route. */
final class RouteForm {

    static final int FOUND = 302;
    private static final int MAX_PORT = 65_535;
    private static final int FIRST_REDIRECT = 300;
    private static final int LAST_REDIRECT = 399;

    private RouteForm() {}

    static @Nullable Route read(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        List<String> hosts = fields.texts("hosts");
        String path = fields.text("path", "/");
        boolean stripPrefix = fields.bool("stripPrefix", false);
        RouteMatch match = fields.object("match", RouteForm::match, RouteMatch.ANY);
        boolean elsewhere = fields.has("services") || fields.has("redirect");
        String service = elsewhere ? fields.optionalText("service") : fields.text("service");
        List<Part> split = fields.list("services", RouteForm::part);
        Redirect redirect = fields.optionalObject("redirect", RouteForm::redirect);
        Rewrite rewrite = fields.optionalObject("rewrite", RouteForm::rewrite);
        HeaderRules headers = fields.object("headers", HeadersForm::headers, HeaderRules.NONE);
        Duration timeout = fields.optionalDuration("timeout");
        Duration perTry = fields.optionalDuration("perTryTimeout");
        RouteMirror mirror = fields.optionalObject("mirror", RouteForm::mirror);
        return fields.build(() -> new Route(
                hosts,
                path,
                service == null ? null : ServiceId.parse(service),
                stripPrefix,
                match,
                new RouteAction(split, redirect, rewrite, headers, timeout, perTry, mirror)));
    }

    private static @Nullable RouteMatch match(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        boolean exact = fields.bool("exact", false);
        String method = fields.optionalText("method");
        Map<String, String> headers = fields.textMap("headers");
        Map<String, String> query = fields.textMap("query");
        return fields.build(() -> new RouteMatch(exact, method, headers, query));
    }

    private static @Nullable Part part(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String service = fields.text("service");
        int weight = fields.integer("weight", 0, Part.MAX_WEIGHT, 1);
        int port = fields.integer("port", 0, MAX_PORT, Port.ANY);
        return fields.build(() -> new Part(ServiceId.parse(service), weight, port));
    }

    private static @Nullable RouteMirror mirror(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String service = fields.text("service");
        String lane = fields.optionalText("lane");
        int port = fields.integer("port", 0, MAX_PORT, Port.ANY);
        Share share = fields.share("share", TestForm.ALL);
        return fields.build(() -> new RouteMirror(ServiceId.parse(service), lane, port, share));
    }

    private static @Nullable Redirect redirect(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        int status = fields.integer("status", FIRST_REDIRECT, LAST_REDIRECT, FOUND);
        String scheme = fields.optionalText("scheme");
        String host = fields.optionalText("host");
        int port = fields.integer("port", 0, MAX_PORT, 0);
        String path = fields.optionalText("path");
        String prefix = fields.optionalText("prefix");
        return fields.build(() -> new Redirect(status, scheme, host, port == 0 ? null : port, path, prefix));
    }

    private static @Nullable Rewrite rewrite(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String host = fields.optionalText("host");
        String path = fields.optionalText("path");
        String prefix = fields.optionalText("prefix");
        return fields.build(() -> new Rewrite(host, path, prefix));
    }
}
