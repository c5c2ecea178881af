package io.laneway.k8s.imports.source;

import io.laneway.router.decision.Decider;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.ListenerTraits;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.request.RequestDraft;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.TableCompiler;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where a table leads requests of one line, such as {@code POST shop.example.com/a | x-env: f-1}. Confined to one thread. */
public final class Led {

    /** So many requests find each part of a division, the least of which is 1 percent. */
    private static final int TRIES = 1_500;

    private final CompiledTable<PublishedState, Void> table;

    public Led(LaneTable table) {
        this.table = TableCompiler.published(table);
    }

    /**
     * Where they lead: {@code address path host} of requests that are passed on, where the host is {@code -} for the
     * client's, else a status, with the location of a redirection.
     */
    public Set<String> to(String line) {
        Set<String> all = new TreeSet<>();
        for (int i = 0; i < TRIES; i++) {
            RequestDraft request = request(line);
            request.header("x-request-id", "request-" + i);
            Decision<PublishedState, Void> decision = new Decision<>();
            new Decider().decide(table, ListenerTraits.EXTERNAL, request, decision);
            all.add(one(decision, path(line)));
            boolean divided = decision.route() != null
                    && decision.route().route().action().split().size() > 1;
            if (!divided) {
                addresses(decision, path(line), all);
                return all;
            }
        }
        return all;
    }

    private static RequestDraft request(String line) {
        String[] parts = line.split(" \\| ");
        String method = parts[0].contains(" ") ? parts[0].substring(0, parts[0].indexOf(' ')) : "GET";
        String url = parts[0].substring(parts[0].indexOf(' ') + 1);
        RequestDraft request =
                new RequestDraft(method, url.substring(0, url.indexOf('/')), url.substring(url.indexOf('/')));
        for (int i = 1; i < parts.length; i++) {
            int colon = parts[i].indexOf(": ");
            request.header(parts[i].substring(0, colon), parts[i].substring(colon + 2));
        }
        return request;
    }

    private static String path(String line) {
        String url = line.split(" \\| ")[0];
        return url.substring(url.indexOf('/')).replaceAll("\\?.*", "");
    }

    private static String one(Decision<PublishedState, Void> decision, String path) {
        Route route = decision.route() == null ? null : decision.route().route();
        if (decision.routeStatus() != 0) {
            return String.valueOf(decision.routeStatus());
        }
        if (decision.redirected() && route != null) {
            return redirect(route.action().redirect(), route, path);
        }
        return decision.port() == null || route == null
                ? "none"
                : sent(decision.port().port().endpoints().get(0).address(), route, path);
    }

    private static void addresses(Decision<PublishedState, Void> decision, String path, Set<String> into) {
        if (decision.port() != null && decision.route() != null) {
            Route route = decision.route().route();
            decision.port().port().endpoints().stream()
                    .filter(endpoint -> endpoint.weight() > 0)
                    .forEach(endpoint -> into.add(sent(endpoint.address(), route, path)));
        }
    }

    private static String sent(String address, Route route, String path) {
        Rewrite rewrite = route.action().rewrite();
        String to = rewrite == null ? path : replaced(rewrite.path(), rewrite.prefix(), route, path);
        String host = rewrite == null || rewrite.host() == null ? "-" : rewrite.host();
        return address + " " + to + " " + host;
    }

    private static String redirect(RouteAction.@Nullable Redirect to, Route route, String path) {
        if (to == null) {
            return "none";
        }
        String scheme = to.scheme() == null ? "-" : to.scheme();
        String host = to.host() == null ? "-" : to.host();
        String port = to.port() == null ? "" : ":" + to.port();
        return to.status() + " " + scheme + "://" + host + port + replaced(to.path(), to.prefix(), route, path);
    }

    private static String replaced(@Nullable String whole, @Nullable String prefix, Route route, String path) {
        if (whole != null) {
            return whole;
        }
        if (prefix == null) {
            return path;
        }
        String rest = path.substring(route.path().equals("/") ? 0 : route.path().length());
        String joined = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) + rest : prefix + rest;
        return joined.isEmpty() ? "/" : joined.startsWith("/") ? joined : "/" + joined;
    }
}
