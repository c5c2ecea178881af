package io.laneway.k8s.imports.spring;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.source.Times;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.Action;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.k8s.imports.table.Match;
import io.laneway.k8s.imports.table.PathForms;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.k8s.imports.table.Rule;
import io.laneway.k8s.imports.table.RuleHost;
import io.laneway.k8s.imports.table.RuleTable;
import io.laneway.k8s.imports.table.Upstream;
import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the routes of Spring Cloud Gateway from {@code application.yaml}. Confined to one thread. */
public final class SpringImport {

    private static final List<List<String>> PLACES = List.of(
            List.of("spring", "cloud", "gateway", "server", "webflux"),
            List.of("spring", "cloud", "gateway", "server", "webmvc"),
            List.of("spring", "cloud", "gateway", "mvc"),
            List.of("spring", "cloud", "gateway"),
            List.of("spring.cloud.gateway"));
    private static final Duration CONNECT = Duration.ofSeconds(45);

    /** A rule with its hosts and the group of its weight. */
    private record Read(
            List<String> hosts, Rule rule, @Nullable String group, int weight) {}

    private final Report report = new Report();
    private final List<Upstream> upstreams = new ArrayList<>();
    private final List<Read> rules = new ArrayList<>();

    private SpringImport() {}

    /** Imports the routes of a file; null after problems if it is no document or has none. */
    public static @Nullable Imported read(SourceFile file, Intent intent, Problems problems) {
        List<Tracked> documents = file.documents(problems);
        if (!problems.isEmpty()) {
            return null;
        }
        SpringImport spring = new SpringImport();
        boolean found = false;
        for (Tracked document : documents) {
            for (List<String> place : PLACES) {
                Tracked gateway = document.at(place.toArray(String[]::new));
                if (gateway != null && gateway.has("routes")) {
                    spring.gateway(gateway);
                    found = true;
                    break;
                }
            }
        }
        if (!found) {
            problems.add(Location.root(file.name(), 1), "no routes", "spring.cloud.gateway.routes");
            return null;
        }
        Location root = documents.get(0).location();
        List<RuleHost> hosts = spring.hosts();
        PathForms.say(
                hosts,
                root,
                "Spring compares decoded segments without their ';' parameters; a request here with '/a;x=1' is none"
                        + " of '/a'",
                "paths without parameters",
                spring.report);
        LaneTable table = RuleTable.of(hosts, spring.upstreams, intent.carriers(), root, spring.report);
        documents.forEach(document -> document.reportRest(spring.report));
        return Imported.of(table, spring.report);
    }

    private void gateway(Tracked gateway) {
        String connect = gateway.text("httpclient", "connect-timeout");
        Duration bound = Times.take(gateway, "httpclient", "response-timeout");
        Duration within = connect == null || !connect.matches("[0-9]{1,9}")
                ? CONNECT
                : Duration.ofMillis(Long.parseLong(connect));
        List<Tracked> routes = new ArrayList<>(gateway.items("routes"));
        routes.sort(Comparator.comparingInt(SpringImport::order));
        for (Tracked route : routes) {
            Refused.attempt(
                    route,
                    report,
                    () -> route(
                            route, gateway.items("default-filters"), within, bound == null ? Duration.ZERO : bound));
        }
    }

    private static int order(Tracked route) {
        String order = route.peek("order");
        if (order != null && order.matches("-?[0-9]{1,9}")) {
            route.text("order");
        }
        return order != null && order.matches("-?[0-9]{1,9}") ? Integer.parseInt(order) : 0;
    }

    private void route(Tracked route, List<Tracked> common, Duration connect, Duration bound) {
        String id = route.text("id");
        Predicates predicates = new Predicates(route, report);
        List<Tracked> filters = inTurn(common, route.items("filters"));
        Duration own = millis(route, "metadata", "response-timeout");
        Duration ownConnect = millis(route, "metadata", "connect-timeout");
        Upstream upstream = null;
        List<Read> read = new ArrayList<>();
        for (Match match : predicates.matches()) {
            Filters does = new Filters(filters, match, report);
            if (predicates.group() != null && does.redirect() != null) {
                throw new Refused(route, "a redirection with a weight", "a redirection of all requests");
            }
            if (upstream == null && does.redirect() == null) {
                upstream = upstream(route, id, ownConnect == null ? connect : ownConnect);
            }
            Action action;
            if (does.redirect() != null || upstream == null) {
                route.text("uri");
                action = Action.redirect(java.util.Objects.requireNonNull(does.redirect()), does.headers());
            } else {
                boolean balanced = String.valueOf(route.peek("uri")).startsWith("lb:");
                action = new Action(
                        List.of(new Action.Target(upstream, 1)),
                        null,
                        null,
                        does.rewrite(
                                balanced
                                        ? null
                                        : URI.create(String.valueOf(route.peek("uri")))
                                                .getHost()),
                        does.headers(),
                        own == null ? bound : own,
                        null,
                        null,
                        null,
                        does.policy());
            }
            read.add(new Read(
                    predicates.hosts(),
                    new Rule(route.location(), match, action),
                    predicates.group(),
                    predicates.weight()));
        }
        read.forEach(this::add);
    }

    /** As the gateway sorts filters: the first of all routes, the first of this one, the second of all, and so on. */
    private static List<Tracked> inTurn(List<Tracked> common, List<Tracked> own) {
        List<Tracked> all = new ArrayList<>();
        for (int i = 0; i < Math.max(common.size(), own.size()); i++) {
            all.addAll(common.subList(Math.min(i, common.size()), Math.min(i + 1, common.size())));
            all.addAll(own.subList(Math.min(i, own.size()), Math.min(i + 1, own.size())));
        }
        return all;
    }

    private static @Nullable Duration millis(Tracked route, String... keys) {
        String text = route.peek(keys);
        return text == null || !text.matches("[0-9]{1,9}")
                ? null
                : Duration.ofMillis(Long.parseLong(String.valueOf(route.text(keys))));
    }

    private Upstream upstream(Tracked route, @Nullable String id, Duration connect) {
        String text = String.valueOf(route.text("uri"));
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new Refused(route, "uri '" + text + "'", "http, https or lb, and a host");
        }
        String host = uri.getHost() == null ? uri.getAuthority() : uri.getHost();
        if (host == null || !List.of("http", "https", "lb", "ws", "wss").contains(String.valueOf(uri.getScheme()))) {
            throw new Refused(route, "uri '" + text + "'", "http, https or lb, and a host");
        }
        boolean secure = uri.getScheme().equals("https") || uri.getScheme().equals("wss");
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
        if (uri.getScheme().equals("lb")) {
            report.assumed(route.location(), "'" + text + "' is at " + host + ":" + port);
        }
        Upstream made = new Upstream(
                route.location(),
                uri.getScheme().equals("lb") || id == null ? host : id,
                secure ? Protocol.HTTPS : Protocol.HTTP1,
                secure ? UpstreamTls.DEFAULT : null,
                List.of(Endpoint.at(host + ":" + port)),
                PolicyDraft.plain().connect(connect).policy());
        upstreams.add(made);
        return made;
    }

    /** Adds a rule, or its target to the rule of its group that asks for the same. */
    private void add(Read one) {
        for (int i = 0; one.group() != null && i < rules.size(); i++) {
            Read other = rules.get(i);
            if (one.group().equals(other.group())
                    && one.hosts().equals(other.hosts())
                    && one.rule().match().equals(other.rule().match())) {
                Action.Target target =
                        new Action.Target(one.rule().action().targets().get(0).upstream(), one.weight());
                List<Action.Target> all = new ArrayList<>(other.rule().action().targets());
                all.add(target);
                rules.set(
                        i,
                        new Read(
                                other.hosts(),
                                new Rule(
                                        other.rule().at(),
                                        other.rule().match(),
                                        other.rule().action().to(all)),
                                other.group(),
                                other.weight()));
                Action first = other.rule().action().to(List.of());
                if (!first.equals(one.rule().action().to(List.of()))) {
                    report.differs(
                            one.rule().at(), "has other filters than the first of its group", "the same filters");
                }
                return;
            }
        }
        if (one.group() != null) {
            Action.Target target =
                    new Action.Target(one.rule().action().targets().get(0).upstream(), one.weight());
            rules.add(new Read(
                    one.hosts(),
                    new Rule(
                            one.rule().at(),
                            one.rule().match(),
                            one.rule().action().to(List.of(target))),
                    one.group(),
                    one.weight()));
        } else {
            rules.add(one);
        }
    }

    /** The rules of each host with those of any host in their order: routes are tried whatever their host. */
    private List<RuleHost> hosts() {
        Map<String, List<Rule>> byHost = new LinkedHashMap<>();
        rules.forEach(read -> read.hosts().forEach(host -> byHost.putIfAbsent(host, new ArrayList<>())));
        List<Rule> any = new ArrayList<>();
        for (Read read : rules) {
            if (read.hosts().isEmpty()) {
                any.add(read.rule());
            }
            byHost.forEach((host, own) -> {
                boolean here = read.hosts().isEmpty()
                        || read.hosts().stream()
                                .anyMatch(name -> name.equals(host)
                                        || (name.startsWith("*.") && host.endsWith(name.substring(1))));
                if (here) {
                    own.add(read.rule());
                }
            });
        }
        List<RuleHost> hosts = new ArrayList<>();
        byHost.forEach((host, own) -> hosts.add(new RuleHost(own.get(0).at(), List.of(host), own, false)));
        if (!any.isEmpty()) {
            hosts.add(new RuleHost(any.get(0).at(), List.of(), any, false));
        }
        return hosts;
    }
}
