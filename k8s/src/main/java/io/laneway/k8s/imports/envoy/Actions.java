package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Times;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.Action;
import io.laneway.k8s.imports.table.Match;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.unit.Share;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a route does: forwards with rewrites, times, copies and retries, or redirects. Confined to one thread. */
final class Actions {

    private static final Map<String, Integer> STATUSES = Map.of(
            "MOVED_PERMANENTLY", 301,
            "FOUND", 302,
            "SEE_OTHER", 303,
            "TEMPORARY_REDIRECT", 307,
            "PERMANENT_REDIRECT", 308);
    private static final Map<String, Integer> WHOLES =
            Map.of("HUNDRED", 100, "TEN_THOUSAND", 10_000, "MILLION", 1_000_000);

    private final Clusters clusters;
    private final Report report;

    Actions(Clusters clusters, Report report) {
        this.clusters = clusters;
        this.report = report;
    }

    /**
     * Reads a rule's action; {@link Refused} if a table cannot say it.
     *
     * @param common the retry policy of its virtual host, null if there is none
     */
    Action of(Tracked rule, @Nullable Tracked common, Match match, HeaderRules headers, PolicyDraft policy) {
        Tracked redirect = rule.at("redirect");
        if (redirect != null) {
            return Action.redirect(redirect(redirect, match), headers);
        }
        Tracked response = rule.at("direct_response");
        if (response != null) {
            return Action.response(response, "status", headers, report);
        }
        Tracked route = rule.at("route");
        if (route == null) {
            for (String other : List.of("filter_action", "non_forwarding_action")) {
                if (rule.has(other)) {
                    throw new Refused(rule, "action " + other, "route or redirect");
                }
            }
            throw new Refused(rule, "no action", "route or redirect");
        }
        Rewrite rewrite = rewrite(route, match);
        Duration timeout = Times.take(route, "timeout");
        Tracked retry = route.has("retry_policy") ? route.at("retry_policy") : common;
        Duration perTry = retry == null ? null : Times.take(retry, "per_try_timeout");
        if (retry != null) {
            RetryPolicies.read(retry, rule, policy, report);
        }
        websockets(route);
        hash(route, policy);
        List<Action.Target> targets = targets(rule, route);
        Action.Copies copies = copies(rule, route);
        return new Action(targets, null, null, rewrite, headers, timeout, perTry, copies, null, policy.policy());
    }

    private static Redirect redirect(Tracked redirect, Match match) {
        for (String key : List.of("regex_rewrite", "strip_query")) {
            if (redirect.has(key) && !redirect.takeIf("false", key)) {
                throw new Refused(redirect, "redirect with " + key, "host, path, prefix, scheme, port and status");
            }
        }
        String code = redirect.text("response_code");
        boolean https = redirect.takeIf("true", "https_redirect");
        String scheme = https ? "https" : redirect.text("scheme_redirect");
        String port = redirect.text("port_redirect");
        String path = redirect.text("path_redirect");
        String prefix = redirect.text("prefix_rewrite");
        boolean whole = prefix != null && match.exact();
        try {
            return new Redirect(
                    code == null ? 301 : STATUSES.getOrDefault(code, 0),
                    scheme,
                    redirect.text("host_redirect"),
                    port == null || port.equals("0") ? null : Integer.valueOf(port),
                    whole ? prefix : path,
                    whole || prefix == null ? null : bare(prefix));
        } catch (IllegalArgumentException e) {
            throw new Refused(redirect, "redirect with " + e.getMessage(), "one that a table can say");
        }
    }

    private static @Nullable Rewrite rewrite(Tracked route, Match match) {
        for (String key : List.of("regex_rewrite", "path_rewrite_policy", "path_rewrite")) {
            if (route.has(key)) {
                throw new Refused(route, "a rewrite by " + key, "prefix_rewrite");
            }
        }
        for (String key : List.of("host_rewrite_header", "host_rewrite_path_regex", "auto_host_rewrite")) {
            if (route.has(key) && !route.takeIf("false", key)) {
                throw new Refused(route, "another host by " + key, "host_rewrite_literal");
            }
        }
        String prefix = route.text("prefix_rewrite");
        String host =
                route.has("host_rewrite_literal") ? route.text("host_rewrite_literal") : route.text("host_rewrite");
        if (prefix == null && host == null) {
            return null;
        }
        boolean same = prefix == null || bare(prefix).equals(match.path());
        boolean whole = !same && match.exact();
        try {
            Rewrite rewrite = new Rewrite(
                    host == null ? null : host.replaceAll(":[0-9]+$", ""),
                    whole ? prefix : null,
                    same || whole || prefix == null ? null : bare(prefix));
            return rewrite.host() == null && !rewrite.changesPath() ? null : rewrite;
        } catch (IllegalArgumentException e) {
            throw new Refused(route, "a rewrite with " + e.getMessage(), "one that a table can say");
        }
    }

    private static String bare(String prefix) {
        return prefix.length() > 1 && prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    /** Upgrades to WebSocket pass a gateway in any case. */
    private static void websockets(Tracked route) {
        for (Tracked upgrade : route.items("upgrade_configs")) {
            if ("websocket".equalsIgnoreCase(upgrade.peek("upgrade_type"))
                    && (!upgrade.has("enabled") || upgrade.takeIf("true", "enabled"))) {
                upgrade.ignore("upgrade_type");
            }
        }
    }

    private static void hash(Tracked route, PolicyDraft policy) {
        List<Tracked> all = route.items("hash_policy");
        Tracked hash = all.isEmpty() ? null : all.get(0);
        if (hash == null) {
            return;
        }
        String header = hash.text("header", "header_name");
        String cookie = header == null && !hash.has("cookie", "ttl") ? hash.text("cookie", "name") : null;
        if (header != null) {
            policy.balancer(new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.HEADER, header));
        } else if (cookie != null) {
            policy.balancer(new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.COOKIE, cookie));
        } else if (hash.takeIf("true", "connection_properties", "source_ip")) {
            policy.balancer(new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.SOURCE, ""));
        }
    }

    private List<Action.Target> targets(Tracked rule, Tracked route) {
        List<Action.Target> targets = new ArrayList<>();
        String one = route.text("cluster");
        if (one != null) {
            targets.add(new Action.Target(clusters.get(one, rule), 1));
            return targets;
        }
        Tracked weighted = route.at("weighted_clusters");
        if (weighted == null) {
            String how = String.join(", ", route.members().keySet());
            throw new Refused(rule, "a route by " + FieldNames.snake(how), "cluster or weighted_clusters");
        }
        weighted.ignore("total_weight");
        for (Tracked part : weighted.items("clusters")) {
            int weight = EndpointPolicy.number(part, 0, "weight");
            String name = part.text("name");
            if (name != null && weight > 0) {
                targets.add(new Action.Target(clusters.get(name, rule), weight));
            }
        }
        if (targets.isEmpty()) {
            throw new Refused(rule, "no weighted cluster above 0", "one");
        }
        return targets;
    }

    private Action.@Nullable Copies copies(Tracked rule, Tracked route) {
        List<Tracked> policies = route.items("request_mirror_policies");
        Tracked mirror = policies.isEmpty() ? route.at("request_mirror_policy") : policies.get(0);
        if (mirror == null) {
            return null;
        }
        Share share =
                mirror.has("runtime_fraction") ? share(mirror.at("runtime_fraction", "default_value")) : Share.ALL;
        if (share == null) {
            return null;
        }
        mirror.text("runtime_fraction", "runtime_key");
        String cluster = mirror.text("cluster");
        if (cluster == null) {
            throw new Refused(rule, "copies to no cluster by name", "cluster");
        }
        return new Action.Copies(clusters.get(cluster, rule), share);
    }

    /** A fractional percent as a share, null if it is finer than a hundredth of a percent. */
    static @Nullable Share share(@Nullable Tracked percent) {
        String numerator = percent == null ? null : percent.peek("numerator");
        if (percent == null || numerator == null) {
            return null;
        }
        String unit = percent.peek("denominator");
        int whole = WHOLES.getOrDefault(unit == null ? "HUNDRED" : unit, 0);
        BigDecimal slots = whole == 0
                ? BigDecimal.ONE.negate()
                : new BigDecimal(numerator)
                        .multiply(BigDecimal.valueOf(Share.SLOTS))
                        .divide(BigDecimal.valueOf(whole));
        if (slots.signum() < 0 || slots.stripTrailingZeros().scale() > 0) {
            return null;
        }
        percent.ignore("numerator", "denominator");
        return new Share(slots.min(BigDecimal.valueOf(Share.SLOTS)).intValue());
    }
}
