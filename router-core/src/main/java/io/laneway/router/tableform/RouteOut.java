package io.laneway.router.tableform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.model.Port;
import io.laneway.router.model.Route;
import io.laneway.router.model.RouteAction;
import io.laneway.router.model.RouteMatch;
import io.laneway.router.model.RouteMirror;
import java.io.IOException;

/** Writes routes. */
final class RouteOut {

    private RouteOut() {}

    static void route(JsonGenerator json, Route route) throws IOException {
        json.writeStartObject();
        if (!route.hosts().isEmpty()) {
            Json.texts(json, "hosts", route.hosts());
        }
        json.writeStringField("path", route.path());
        if (route.service() != null) {
            json.writeStringField("service", route.service().toString());
        }
        Json.bool(json, "stripPrefix", route.stripPrefix(), false);
        match(json, route.match());
        action(json, route.action());
        json.writeEndObject();
    }

    private static void match(JsonGenerator json, RouteMatch match) throws IOException {
        if (match.equals(RouteMatch.ANY)) {
            return;
        }
        json.writeObjectFieldStart("match");
        Json.bool(json, "exact", match.exact(), false);
        Json.text(json, "method", match.method(), null);
        Json.map(json, "headers", match.headers());
        Json.map(json, "query", match.query());
        json.writeEndObject();
    }

    private static void action(JsonGenerator json, RouteAction action) throws IOException {
        if (!action.split().isEmpty()) {
            Json.list(json, "services", action.split(), RouteOut::part);
        }
        RouteAction.Redirect redirect = action.redirect();
        if (redirect != null) {
            json.writeObjectFieldStart("redirect");
            Json.number(json, "status", redirect.status(), RouteForm.FOUND);
            Json.text(json, "scheme", redirect.scheme(), null);
            Json.text(json, "host", redirect.host(), null);
            Json.number(json, "port", redirect.port() == null ? 0 : redirect.port(), 0);
            Json.text(json, "path", redirect.path(), null);
            Json.text(json, "prefix", redirect.prefix(), null);
            json.writeEndObject();
        }
        RouteAction.Rewrite rewrite = action.rewrite();
        if (rewrite != null) {
            json.writeObjectFieldStart("rewrite");
            Json.text(json, "host", rewrite.host(), null);
            Json.text(json, "path", rewrite.path(), null);
            Json.text(json, "prefix", rewrite.prefix(), null);
            json.writeEndObject();
        }
        HeadersOut.headers(json, action.headers());
        Json.duration(json, "timeout", action.timeout(), null);
        Json.duration(json, "perTryTimeout", action.perTry(), null);
        if (action.mirror() != null) {
            mirror(json, action.mirror());
        }
    }

    private static void mirror(JsonGenerator json, RouteMirror mirror) throws IOException {
        json.writeObjectFieldStart("mirror");
        json.writeStringField("service", mirror.service().toString());
        Json.text(json, "lane", mirror.lane(), null);
        Json.number(json, "port", mirror.port(), Port.ANY);
        PolicyOut.share(json, mirror.share());
        json.writeEndObject();
    }

    private static void part(JsonGenerator json, RouteAction.Part part) throws IOException {
        json.writeStartObject();
        json.writeStringField("service", part.service().toString());
        Json.number(json, "weight", part.weight(), 1);
        Json.number(json, "port", part.port(), Port.ANY);
        json.writeEndObject();
    }
}
