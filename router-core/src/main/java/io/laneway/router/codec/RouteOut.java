package io.laneway.router.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.codec.policy.HeadersOut;
import io.laneway.router.codec.policy.PolicyOut;
import io.laneway.router.document.fields.JsonFields;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.service.Port;
import java.io.IOException;

/** Writes routes. */
final class RouteOut {

    private RouteOut() {}

    static void route(JsonGenerator json, Route route) throws IOException {
        json.writeStartObject();
        if (!route.hosts().isEmpty()) {
            JsonFields.texts(json, "hosts", route.hosts());
        }
        json.writeStringField("path", route.path());
        if (route.service() != null) {
            json.writeStringField("service", route.service().toString());
        }
        JsonFields.bool(json, "stripPrefix", route.stripPrefix(), false);
        match(json, route.match());
        action(json, route.action());
        json.writeEndObject();
    }

    private static void match(JsonGenerator json, RouteMatch match) throws IOException {
        if (match.equals(RouteMatch.ANY)) {
            return;
        }
        json.writeObjectFieldStart("match");
        JsonFields.bool(json, "exact", match.exact(), false);
        JsonFields.text(json, "method", match.method(), null);
        JsonFields.map(json, "headers", match.headers());
        JsonFields.map(json, "query", match.query());
        json.writeEndObject();
    }

    private static void action(JsonGenerator json, RouteAction action) throws IOException {
        if (!action.split().isEmpty()) {
            JsonFields.list(json, "services", action.split(), RouteOut::part);
        }
        RouteAction.Redirect redirect = action.redirect();
        if (redirect != null) {
            json.writeObjectFieldStart("redirect");
            JsonFields.number(json, "status", redirect.status(), RouteForm.FOUND);
            JsonFields.text(json, "scheme", redirect.scheme(), null);
            JsonFields.text(json, "host", redirect.host(), null);
            JsonFields.number(json, "port", redirect.port() == null ? 0 : redirect.port(), 0);
            JsonFields.text(json, "path", redirect.path(), null);
            JsonFields.text(json, "prefix", redirect.prefix(), null);
            json.writeEndObject();
        }
        RouteAction.Rewrite rewrite = action.rewrite();
        if (rewrite != null) {
            json.writeObjectFieldStart("rewrite");
            JsonFields.text(json, "host", rewrite.host(), null);
            JsonFields.text(json, "path", rewrite.path(), null);
            JsonFields.text(json, "prefix", rewrite.prefix(), null);
            json.writeEndObject();
        }
        HeadersOut.headers(json, action.headers());
        JsonFields.duration(json, "timeout", action.timeout(), null);
        JsonFields.duration(json, "perTryTimeout", action.perTry(), null);
        if (action.mirror() != null) {
            mirror(json, action.mirror());
        }
    }

    private static void mirror(JsonGenerator json, RouteMirror mirror) throws IOException {
        json.writeObjectFieldStart("mirror");
        json.writeStringField("service", mirror.service().toString());
        JsonFields.text(json, "lane", mirror.lane(), null);
        JsonFields.number(json, "port", mirror.port(), Port.ANY);
        PolicyOut.share(json, mirror.share());
        json.writeEndObject();
    }

    private static void part(JsonGenerator json, RouteAction.Part part) throws IOException {
        json.writeStartObject();
        json.writeStringField("service", part.service().toString());
        JsonFields.number(json, "weight", part.weight(), 1);
        JsonFields.number(json, "port", part.port(), Port.ANY);
        json.writeEndObject();
    }
}
