package io.laneway.k8s.imports.istio;

import io.laneway.k8s.imports.envoy.RetryPolicies;
import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Times;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.Action;
import io.laneway.k8s.imports.table.CorsFit;
import io.laneway.k8s.imports.table.Match;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.Retries;
import io.laneway.router.unit.Share;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an {@code HTTPRoute} does. The defaults are Istio's: two retries, no time for a request. Confined to one thread. */
final class HttpAction {

    private final Destinations destinations;
    private final String namespace;
    private final Report report;

    HttpAction(Destinations destinations, String namespace, Report report) {
        this.destinations = destinations;
        this.namespace = namespace;
        this.report = report;
    }

    Action of(Tracked http, Match match) {
        HeaderRules headers = headers(http.at("headers"));
        Tracked redirect = http.at("redirect");
        if (redirect != null) {
            return Action.redirect(redirect(redirect), headers);
        }
        Tracked response = http.at("directResponse");
        if (response != null) {
            return Action.response(response, "status", headers, report);
        }
        if (http.has("delegate")) {
            throw new Refused(http, "action delegate", "route or redirect");
        }
        PolicyDraft policy = PolicyDraft.plain();
        Duration perTry = retries(http, policy);
        fault(http, policy);
        cors(http, policy);
        Duration timeout = Times.take(http, "timeout");
        Rewrite rewrite = rewrite(http.at("rewrite"), match);
        List<Action.Target> targets = new ArrayList<>();
        List<Tracked> routes = http.items("route");
        for (Tracked route : routes) {
            String weight = route.text("weight");
            Tracked destination = route.at("destination");
            int parts = weight == null ? (routes.size() == 1 ? 1 : 0) : Integer.parseInt(weight);
            if (destination != null && parts > 0) {
                targets.add(new Action.Target(destinations.of(destination, namespace), routes.size() == 1 ? 1 : parts));
            }
        }
        if (targets.isEmpty()) {
            throw new Refused(http, "no destination", "route or redirect");
        }
        if (routes.size() == 1 && http.at("headers") == null) {
            headers = headers(routes.get(0).at("headers"));
        }
        Duration bound = timeout == null ? Duration.ZERO : timeout;
        return new Action(targets, null, null, rewrite, headers, bound, perTry, copies(http), null, policy.policy());
    }

    private static Redirect redirect(Tracked redirect) {
        String code = redirect.text("redirectCode");
        String port = redirect.text("port");
        try {
            return new Redirect(
                    code == null ? 301 : Integer.parseInt(code),
                    redirect.text("scheme"),
                    redirect.text("authority"),
                    port == null ? null : Integer.valueOf(port),
                    redirect.text("uri"),
                    null);
        } catch (IllegalArgumentException e) {
            throw new Refused(redirect, "redirect with " + e.getMessage(), "one that a table can say");
        }
    }

    private static @Nullable Rewrite rewrite(@Nullable Tracked rewrite, Match match) {
        if (rewrite == null) {
            return null;
        }
        if (rewrite.has("uriRegexRewrite")) {
            throw new Refused(rewrite, "a rewrite by an expression", "uri");
        }
        String uri = rewrite.text("uri");
        String bare = uri != null && uri.length() > 1 && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        return new Rewrite(rewrite.text("authority"), match.exact() ? uri : null, match.exact() ? null : bare);
    }

    private @Nullable Duration retries(Tracked http, PolicyDraft policy) {
        Tracked retries = http.at("retries");
        if (retries == null) {
            policy.retries(2, EnumSet.of(Retries.On.CONNECT_FAILURE, Retries.On.REFUSED_STREAM, Retries.On.STATUS_503));
            return null;
        }
        String on = retries.text("retryOn");
        List<String> words = List.of((on == null ? "connect-failure,refused-stream,503" : on).split("[, ]+"));
        policy.retries(TrafficPolicy.number(retries, "attempts"), RetryPolicies.conditions(words, http, report));
        return Times.take(retries, "perTryTimeout");
    }

    private static void fault(Tracked http, PolicyDraft policy) {
        Share delayed = share(http, "fault", "delay", "percentage", "value");
        Share aborted = share(http, "fault", "abort", "percentage", "value");
        Duration delay = Times.take(http, "fault", "delay", "fixedDelay");
        boolean both = delay != null && delayed != null && !delayed.equals(aborted);
        String status = both ? null : http.text("fault", "abort", "httpStatus");
        if (delay != null || status != null) {
            Share share = delay != null ? delayed : aborted;
            int abort = status == null ? 0 : Integer.parseInt(status);
            policy.fault(new Fault(LaneTable.DEFAULT_BASE, delay, abort, share == null ? Share.ALL : share));
        }
    }

    private static @Nullable Share share(Tracked node, String... keys) {
        String text = node.peek(keys);
        if (text == null || !text.matches("(100|[0-9]{1,2})(\\.[0-9]{1,2})?")) {
            return null;
        }
        node.text(keys);
        return new Share(new BigDecimal(text).movePointRight(2).intValueExact());
    }

    private void cors(Tracked http, PolicyDraft policy) {
        Tracked cors = http.at("corsPolicy");
        if (cors == null) {
            return;
        }
        List<String> origins = new ArrayList<>();
        cors.items("allowOrigins").forEach(origin -> add(origin.text("exact"), origins));
        cors.items("allowOrigin").forEach(origin -> add(origin.text(), origins));
        if (origins.isEmpty()) {
            return;
        }
        Duration age = Times.take(cors, "maxAge");
        cors.takeIf("false", "allowCredentials");
        Cors read = new Cors(
                origins,
                texts(cors.items("allowMethods")),
                texts(cors.items("allowHeaders")),
                cors.takeIf("true", "allowCredentials"),
                age == null ? Duration.ZERO : age);
        policy.cors(CorsFit.of(read, cors.location(), report));
        report.differs(
                cors.location(),
                "preflights are answered, and responses of the service get no headers of CORS",
                "a service that says its own");
    }

    private static void add(@Nullable String text, List<String> into) {
        if (text != null) {
            into.add(text);
        }
    }

    private static List<String> texts(List<Tracked> items) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> add(item.text(), texts));
        return texts;
    }

    private Action.@Nullable Copies copies(Tracked http) {
        List<Tracked> mirrors = http.items("mirrors");
        Tracked mirror = mirrors.isEmpty() ? http.at("mirror") : mirrors.get(0).at("destination");
        if (mirror == null) {
            return null;
        }
        Share share = mirrors.isEmpty()
                ? share(http, "mirrorPercentage", "value")
                : share(mirrors.get(0), "percentage", "value");
        return new Action.Copies(destinations.of(mirror, namespace), share == null ? Share.ALL : share);
    }

    private static HeaderRules headers(@Nullable Tracked headers) {
        return headers == null
                ? HeaderRules.NONE
                : new HeaderRules(edit(headers.at("request")), edit(headers.at("response")));
    }

    private static HeaderRules.Edit edit(@Nullable Tracked edit) {
        if (edit == null) {
            return HeaderRules.Edit.NONE;
        }
        return new HeaderRules.Edit(values(edit, "set"), values(edit, "add"), texts(edit.items("remove")));
    }

    private static Map<String, String> values(Tracked edit, String key) {
        Map<String, String> values = new LinkedHashMap<>();
        edit.members(key).forEach((name, value) -> {
            String text = value.peek();
            if (text != null && !text.contains("%")) {
                value.text();
                values.put(name, text);
            }
        });
        return values;
    }
}
