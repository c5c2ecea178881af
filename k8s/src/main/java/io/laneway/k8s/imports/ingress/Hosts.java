package io.laneway.k8s.imports.ingress;

import io.laneway.k8s.imports.source.KubeObjects.KubeObject;
import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.ServerNames;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.Action;
import io.laneway.k8s.imports.table.Guards;
import io.laneway.k8s.imports.table.Match;
import io.laneway.k8s.imports.table.Rule;
import io.laneway.k8s.imports.table.RuleHost;
import io.laneway.k8s.imports.table.Upstream;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.HeaderRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The paths of all Ingresses by host, as the controller puts them into one server each. Confined to one thread. */
final class Hosts {

    private static final String ANY = "";
    private static final List<String> GUARDS = List.of(
            "whitelist-source-range",
            "allowlist-source-range",
            "denylist-source-range",
            "auth-url",
            "auth-type",
            "auth-tls-secret");

    /** A path as its Ingress writes it, and the rule that it is. */
    private record Path(String written, Rule rule) {}

    /** A canary of a path, until all Ingresses are read. */
    private record Waiting(String host, Rule rule, Canary canary, Tracked path) {}

    private final Guards guards;
    private final Report report;
    private final Map<String, Map<Match, Path>> byHost = new LinkedHashMap<>();
    private final Map<String, Map<Match, List<Rule>>> divided = new LinkedHashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Set<String> expressed = new HashSet<>();
    private final List<Upstream> upstreams = new ArrayList<>();
    private final Set<String> carriers = new LinkedHashSet<>();

    Hosts(Guards guards, Report report) {
        this.guards = guards;
        this.report = report;
    }

    List<Upstream> upstreams() {
        return upstreams;
    }

    Set<String> carriers() {
        return carriers;
    }

    /**
     * Looks whether the paths of its hosts are expressions, which one Ingress with an expression or a rewrite makes of those
     * of all.
     */
    void look(KubeObject ingress) {
        Annotations annotations = new Annotations(ingress.node());
        boolean canary = "true".equals(annotations.peek("canary"));
        if (!canary && ("true".equals(annotations.peek("use-regex")) || annotations.peek("rewrite-target") != null)) {
            for (Tracked rule : ingress.spec().items("rules")) {
                String host = rule.peek("host");
                expressed.add(host == null ? ANY : host);
                expressed.addAll(aliases(annotations.peek("server-alias")));
            }
        }
    }

    private static List<String> aliases(@Nullable String annotation) {
        return annotation == null ? List.of() : List.of(annotation.trim().split("\\s*,\\s*"));
    }

    void add(KubeObject ingress) {
        Annotations annotations = new Annotations(ingress.node());
        Tracked spec = ingress.spec();
        String named = spec.text("ingressClassName");
        String annotated = ingress.node().text("metadata", "annotations", "kubernetes.io/ingress.class");
        String ofClass = named == null ? annotated : named;
        if (ofClass != null && !ofClass.equals("nginx")) {
            report.assumed(spec.location(), "class '" + ofClass + "' is one of ingress-nginx");
        }
        boolean canary = annotations.isTrue("canary");
        annotations.take("canary");
        Canary how = canary ? Canary.of(annotations, report) : null;
        tls(spec, annotations);
        Action refusal = guards.refusal(guards(annotations));
        Action instead = refusal == null ? Redirects.of(annotations) : refusal;
        Tracked other = spec.at("defaultBackend");
        if (other != null) {
            Refused.attempt(
                    other,
                    report,
                    () -> rule(ingress, ANY, other, other, Match.prefix("/"), null, annotations, how, instead));
        }
        Tracked alias = annotations.node("server-alias");
        List<String> aliases = alias == null
                ? List.of()
                : aliases(alias.text()).stream()
                        .flatMap(name -> ServerNames.hosts(name, "server-alias", alias.location(), report).stream())
                        .toList();
        for (Tracked rule : spec.items("rules")) {
            String host = rule.text("host");
            List<String> names = new ArrayList<>(aliases);
            names.add(0, host == null ? ANY : host);
            names.forEach(name -> root(name, rule, annotations));
            for (Tracked path : rule.items("http", "paths")) {
                path(ingress, names, path, annotations, how, instead);
            }
        }
    }

    /** Where {@code app-root} leads requests for no path. */
    private void root(String host, Tracked rule, Annotations annotations) {
        String root = annotations.peek("app-root");
        if (root != null && root.matches("/[A-Za-z0-9/_.~-]*")) {
            annotations.take("app-root");
            Redirect redirect = new Redirect(302, null, null, null, root, null);
            put(host, rule, new Rule(rule.location(), Match.exact("/"), Action.redirect(redirect, HeaderRules.NONE)));
        }
    }

    private void path(
            KubeObject ingress,
            List<String> names,
            Tracked path,
            Annotations annotations,
            @Nullable Canary canary,
            @Nullable Action instead) {
        Refused.attempt(path, report, () -> {
            boolean regex = names.stream().anyMatch(expressed::contains);
            boolean forwards = instead == null || canary != null;
            IngressPath read = IngressPath.of(path, annotations, regex, forwards, report);
            Tracked backend = path.at("backend");
            for (String name : names) {
                rule(ingress, name, path, backend, read.match(), read.rewrite(), annotations, canary, instead);
            }
        });
    }

    private void rule(
            KubeObject ingress,
            String host,
            Tracked at,
            @Nullable Tracked backend,
            Match match,
            @Nullable Rewrite rewrite,
            Annotations annotations,
            @Nullable Canary canary,
            @Nullable Action instead) {
        if (instead != null && canary == null) {
            put(host, at, new Rule(at.location(), match, instead));
            return;
        }
        Upstream upstream = upstream(ingress, at, backend, annotations);
        Action action = new Action(
                List.of(new Action.Target(upstream, 1)),
                null,
                null,
                rewrite,
                HeaderRules.NONE,
                IngressPolicy.timeout(annotations),
                null,
                null,
                null,
                IngressPolicy.rule(annotations, report));
        Rule rule = new Rule(at.location(), match, action);
        if (canary != null) {
            waiting.add(new Waiting(host, rule, canary, at));
            return;
        }
        put(host, at, rule);
    }

    private void put(String host, Tracked at, Rule rule) {
        String text = at.peek("path");
        Path former = byHost.computeIfAbsent(host, name -> new LinkedHashMap<>())
                .putIfAbsent(rule.match(), new Path(text == null ? "/" : text, rule));
        if (former != null) {
            report.notTaken(
                    at.location(),
                    "the path is that of line " + former.rule().at().line(),
                    "another path or host");
        }
    }

    private Upstream upstream(KubeObject ingress, Tracked at, @Nullable Tracked backend, Annotations annotations) {
        String service = backend == null ? null : backend.text("service", "name");
        String port = backend == null ? null : backend.peek("service", "port", "number");
        String named = backend == null ? null : backend.peek("service", "port", "name");
        if (backend != null && service == null) {
            service = backend.text("serviceName");
            port = backend.peek("servicePort");
        }
        if (backend == null || service == null || port == null || !port.matches("[0-9]{1,5}")) {
            String what =
                    named == null ? "a backend without a service and a port" : "a port by the name '" + named + "'";
            throw new Refused(at, what, "service.name and service.port.number");
        }
        backend.text("service", "port", "number");
        backend.text("servicePort");
        String words = annotations.peek("backend-protocol");
        String word = words == null ? "HTTP" : words.toUpperCase(Locale.ROOT);
        Protocol protocol = switch (word) {
            case "HTTP" -> Protocol.HTTP1;
            case "HTTPS" -> Protocol.HTTPS;
            case "GRPC" -> Protocol.H2C;
            case "GRPCS" -> Protocol.H2;
            case "AUTO_HTTP" -> Protocol.AUTO;
            default -> throw new Refused(at, "backend-protocol " + word, "HTTP, HTTPS, GRPC or GRPCS");
        };
        annotations.take("backend-protocol");
        boolean verify = "on".equals(annotations.take("proxy-ssl-verify"));
        UpstreamTls tls = protocol.secure()
                ? new UpstreamTls(null, annotations.take("proxy-ssl-name"), null, null, verify)
                : null;
        String address = service + "." + ingress.namespace() + ".svc.cluster.local:" + port;
        Upstream made = new Upstream(
                at.location(),
                service,
                protocol,
                tls,
                List.of(Endpoint.at(address)),
                IngressPolicy.upstream(annotations));
        upstreams.add(made);
        return made;
    }

    private void tls(Tracked spec, Annotations annotations) {
        boolean plain = "false".equals(annotations.peek("ssl-redirect"));
        for (Tracked tls : spec.items("tls")) {
            tls.refuse(
                    report,
                    "TLS of clients is no part of a table" + (plain ? "" : ", nor is the redirect of plain requests"),
                    "tls of a listener in laneway.yaml");
        }
        if (plain) {
            annotations.take("ssl-redirect");
        }
    }

    /** What refuses requests of some clients, and is for a listener of a gateway. */
    private static List<Tracked> guards(Annotations annotations) {
        List<Tracked> guards = new ArrayList<>();
        for (String name : GUARDS) {
            Tracked guard = annotations.node(name);
            if (guard != null) {
                guards.add(guard);
            }
        }
        return guards;
    }

    /** Puts canaries to the paths that they are of. */
    void canaries() {
        for (Waiting one : waiting) {
            Path main = byHost.getOrDefault(one.host(), Map.of()).get(one.rule().match());
            Map<Match, List<Rule>> rules = divided.computeIfAbsent(one.host(), name -> new LinkedHashMap<>());
            boolean forwards = main != null && !main.rule().action().targets().isEmpty();
            if (main == null || !forwards || rules.containsKey(one.rule().match())) {
                report.notTaken(
                        one.path().location(),
                        main == null
                                ? "a canary of no path"
                                : forwards ? "a second canary of one path" : "a canary of a path that is not passed on",
                        "one canary beside a path of an Ingress that is none");
                continue;
            }
            one.canary().markers().forEach(marker -> carriers.add(marker.place()));
            rules.put(
                    main.rule().match(),
                    one.canary()
                            .rules(
                                    main.rule(),
                                    one.rule().action().targets().get(0).upstream()));
        }
    }

    /** The rules of each host: the longer paths first where they are expressions; else exact paths and longer prefixes. */
    List<RuleHost> rules() {
        List<RuleHost> hosts = new ArrayList<>();
        byHost.forEach((host, paths) -> {
            List<Rule> rules = new ArrayList<>();
            Comparator<Path> order = expressed.contains(host)
                    ? Comparator.comparing((Path path) -> -path.written().length())
                            .thenComparing(Path::written, Comparator.reverseOrder())
                    : Comparator.comparing((Path path) -> !path.rule().match().exact())
                            .thenComparing(path -> -path.rule().match().path().length());
            paths.values().stream()
                    .sorted(order)
                    .map(Path::rule)
                    .forEach(rule -> rules.addAll(
                            divided.getOrDefault(host, Map.of()).getOrDefault(rule.match(), List.of(rule))));
            hosts.add(new RuleHost(rules.get(0).at(), host.equals(ANY) ? List.of() : List.of(host), rules, true));
        });
        return hosts;
    }
}
