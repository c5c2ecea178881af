package io.laneway.k8s.imports.nginx;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.ServerNames;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.Guards;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.k8s.imports.table.Match;
import io.laneway.k8s.imports.table.PathForms;
import io.laneway.k8s.imports.table.Rule;
import io.laneway.k8s.imports.table.RuleHost;
import io.laneway.k8s.imports.table.RuleTable;
import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an nginx that chooses upstreams by {@code map} and {@code split_clients}. The values of a map become lanes, its
 * default the base lane, shares of {@code split_clients} parts of the requests. Confined to one thread.
 */
public final class NginxImport {

    /** How the process runs, which changes no request. */
    private static final Set<String> PROCESS = Set.of(
            "user",
            "worker_processes",
            "worker_rlimit_nofile",
            "worker_connections",
            "pid",
            "daemon",
            "master_process",
            "error_log",
            "multi_accept",
            "use",
            "sendfile",
            "tcp_nopush",
            "tcp_nodelay",
            "events",
            "http");

    /** What a map says of the header Connection, as everyone writes it. */
    private static final Set<String> UPGRADES = Set.of("default upgrade", " close", " ");

    private final Report report = new Report();
    private final List<RuleHost> hosts = new ArrayList<>();

    private NginxImport() {}

    /** Imports a file; null after problems if it has another syntax, or no server. */
    public static @Nullable Imported read(SourceFile file, Intent intent, Problems problems) {
        Node node = NginxSyntax.read(file, problems);
        if (node == null) {
            return null;
        }
        Tracked root = Tracked.root(node);
        List<Directive> top = Directive.of(root.elements());
        Directive outer = Directive.first(top, "http");
        List<Directive> http = outer == null ? top : outer.block();
        List<Directive> servers = Directive.named(http, "server");
        if (servers.isEmpty()) {
            problems.add(Location.root(file.name(), 1), "no server", "http with a server");
            return null;
        }
        NginxImport nginx = new NginxImport();
        process(top);
        process(http);
        Directive.named(top, "events").forEach(events -> process(events.block()));
        upgrades(http);
        Choices choices = new Choices(http, nginx.report);
        Pools pools = new Pools(http);
        nginx.servers(servers, http, new Locations(choices, pools, new Guards(intent, nginx.report), nginx.report));
        boolean merged = merged(http, servers);
        PathForms.say(
                nginx.hosts,
                root.location(),
                "nginx compares decoded paths" + (merged ? " with slashes merged" : "") + "; a request here with "
                        + (merged ? "'//' or " : "") + "'%2F' has another path",
                (merged ? "paths.mergeSlashes: true and " : "")
                        + "paths.encodedSlashes: decode of the listener in laneway.yaml",
                nginx.report);
        Set<String> places = new LinkedHashSet<>(intent.carriers());
        places.addAll(choices.carriers());
        LaneTable table = RuleTable.of(nginx.hosts, pools.made(), places, root.location(), nginx.report);
        root.reportRest(nginx.report);
        return Imported.of(table, nginx.report);
    }

    private static void process(List<Directive> directives) {
        for (Directive one : directives) {
            if (PROCESS.contains(one.name())) {
                one.take();
            }
        }
    }

    /** A map for the header Connection of upgrades, which a gateway passes on by itself. */
    private static void upgrades(List<Directive> http) {
        Directive.named(http, "map").stream()
                .filter(map -> map.arg(0).equals("$http_upgrade") && map.arg(1).equals("$connection_upgrade"))
                .filter(map -> map.block().stream().allMatch(one -> UPGRADES.contains(one.name() + " " + one.arg(0))))
                .forEach(map -> map.node().take());
    }

    private void servers(List<Directive> servers, List<Directive> http, Locations locations) {
        ServerPorts ports = new ServerPorts(servers);
        for (Directive server : servers) {
            server.take();
            List<Directive> own = server.block();
            Directive.named(own, "listen").forEach(this::listen);
            Directive back = Directive.first(own, "return");
            List<Rule> rules = back == null ? rules(own, http, locations) : everything(back);
            List<String> names = names(own);
            if (!rules.isEmpty() && !names.isEmpty()) {
                hosts.add(new RuleHost(server.location(), names, ports.ofNames(server), rules, true));
            }
            if (!rules.isEmpty() && ports.isStandard(server)) {
                hosts.add(new RuleHost(server.location(), List.of(), ports.ofStandard(server), rules, true));
            }
        }
    }

    private List<Rule> rules(List<Directive> own, List<Directive> http, Locations locations) {
        List<Rule> rules = new ArrayList<>();
        List<Directive> all = Directive.named(own, "location");
        for (Directive location : Locations.ordered(all, report)) {
            Refused.attempt(location.node(), report, () -> rules.addAll(locations.rules(location, List.of(own, http))));
        }
        rules.addAll(0, Locations.slashes(all, rules));
        return rules;
    }

    /** What a server answers to every request, whatever its locations are. */
    private List<Rule> everything(Directive back) {
        List<Rule> all = new ArrayList<>();
        Refused.attempt(
                back.node(),
                report,
                () -> all.add(new Rule(back.location(), Match.prefix("/"), Locations.answer(back, report))));
        return all;
    }

    /** Whether a server makes one slash of several, as all do that do not say otherwise. */
    private static boolean merged(List<Directive> http, List<Directive> servers) {
        boolean standard = merges(http, true);
        boolean any = false;
        for (Directive server : servers) {
            any |= merges(server.block(), standard);
        }
        return any;
    }

    private static boolean merges(List<Directive> block, boolean standard) {
        Directive said = Directive.first(block, "merge_slashes");
        return said == null ? standard : !said.take().arg(0).equals("off");
    }

    private void listen(Directive listen) {
        if (listen.args().contains("ssl")) {
            listen.refuse(report, "TLS of clients is no part of a table", "tls of a listener in laneway.yaml");
            return;
        }
        listen.take(1);
        listen.node().items("args").stream()
                .filter(arg -> Set.of("default_server", "http2").contains(String.valueOf(arg.peek())))
                .forEach(Tracked::text);
        report.assumed(listen.location(), "listens at " + listen.arg(0) + ": listeners are in laneway.yaml");
    }

    private List<String> names(List<Directive> own) {
        List<String> names = new ArrayList<>();
        for (Directive one : Directive.named(own, "server_name")) {
            one.take();
            for (String name : one.args()) {
                if (!name.isEmpty() && !name.equals("_")) {
                    names.addAll(ServerNames.hosts(name, "server_name", one.location(), report));
                }
            }
        }
        return names;
    }
}
