package io.laneway.k8s.imports.nginx;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.table.Action;
import io.laneway.k8s.imports.table.DecodedPath;
import io.laneway.k8s.imports.table.Guards;
import io.laneway.k8s.imports.table.Marker;
import io.laneway.k8s.imports.table.Match;
import io.laneway.k8s.imports.table.PathRegex;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.k8s.imports.table.Rule;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The locations of a server as rules. Confined to one thread. */
final class Locations {

    private static final Pattern TARGET =
            Pattern.compile("(https?)://([^/]+?)(\\$request_uri|\\$uri\\$is_args\\$args|/.*)?");
    private static final Pattern LOOK_AROUND = Pattern.compile("\\(\\?<?[=!][^()]*\\)");
    private static final Pattern PREFIX = Pattern.compile("\\^(/[A-Za-z0-9/_.~-]*?)/?\\((/?)\\.\\*\\)\\$?");
    private static final Pattern REPLACED = Pattern.compile("((?:/[A-Za-z0-9_.~-]+)*/?)\\$1");
    private static final Duration DEFAULT = Duration.ofSeconds(60);
    private static final Set<Retries.On> ON =
            EnumSet.of(Retries.On.CONNECT_FAILURE, Retries.On.REFUSED_STREAM, Retries.On.RESET_BEFORE_RESPONSE);

    /** Ends the connection without a response. */
    private static final Set<String> CLOSES = Set.of("444");

    private final Choices choices;
    private final Pools pools;
    private final Guards guards;
    private final Report report;

    Locations(Choices choices, Pools pools, Guards guards, Report report) {
        this.choices = choices;
        this.pools = pools;
        this.guards = guards;
        this.report = report;
    }

    /**
     * The order in which nginx looks: whole paths; the longest prefix if it ends the search; expressions; the longest prefix
     * else. Prefixes within one that ends the search come before that; what expressions take of these is named.
     */
    static List<Directive> ordered(List<Directive> locations, Report report) {
        List<Directive> whole = new ArrayList<>();
        List<Directive> first = new ArrayList<>();
        List<Directive> expressions = new ArrayList<>();
        List<Directive> last = new ArrayList<>();
        for (Directive one : locations) {
            switch (one.arg(0)) {
                case "=" -> whole.add(one);
                case "~", "~*" -> expressions.add(one);
                default -> (endsSearch(one, locations) ? first : last).add(one);
            }
        }
        for (Directive one : first) {
            Optional<Directive> taken = one.arg(0).equals("^~")
                    ? Optional.empty()
                    : expressions.stream().filter(each -> takes(each, one)).findFirst();
            taken.ifPresent(each -> report.differs(
                    one.location(),
                    "the expression of line " + each.location().line() + " is looked at first",
                    "no expression for paths within a location ^~"));
        }
        Comparator<Directive> longest = Comparator.comparing(one -> -path(one).length());
        first.sort(longest);
        last.sort(longest);
        return Stream.of(whole, first, expressions, last).flatMap(List::stream).toList();
    }

    /** Whether nginx redirects its path without the slash at the end, as it does where requests are passed on. */
    private static boolean slashed(Directive location) {
        String path = path(location);
        return !location.arg(0).matches("=|~\\*?")
                && path.length() > 1
                && path.endsWith("/")
                && Directive.first(location.block(), "proxy_pass") != null;
    }

    /** The redirections of paths without the slash at the end of their location, unless they have a location themselves. */
    static List<Rule> slashes(List<Directive> locations, List<Rule> rules) {
        List<Rule> redirects = new ArrayList<>();
        for (Directive one : locations) {
            String path = path(one);
            String bare = path.substring(0, Math.max(0, path.length() - 1));
            boolean taken = rules.stream().anyMatch(rule -> rule.at().equals(one.location()));
            boolean other = locations.stream()
                    .anyMatch(each -> !each.arg(0).startsWith("~") && path(each).equals(bare));
            if (slashed(one) && taken && !other) {
                Redirect redirect = new Redirect(301, null, null, null, DecodedPath.text(path), null);
                redirects.add(new Rule(
                        one.location(),
                        Match.exact(DecodedPath.text(bare)),
                        Action.redirect(redirect, HeaderRules.NONE)));
            }
        }
        return redirects;
    }

    private static boolean endsSearch(Directive location, List<Directive> all) {
        return all.stream()
                .anyMatch(one -> one.arg(0).equals("^~") && path(location).startsWith(path(one)));
    }

    private static boolean takes(Directive expression, Directive prefix) {
        return PathRegex.mayMatch((expression.arg(0).equals("~*") ? "(?i)" : "") + path(expression), path(prefix));
    }

    private static String path(Directive location) {
        return location.args().size() > 1 ? location.arg(1) : location.arg(0);
    }

    /** The rules of a location, those of lanes first. */
    List<Rule> rules(Directive location, List<List<Directive>> around) {
        List<Directive> own = location.block();
        Action answered = answered(own, around);
        Match match = match(location, answered != null && answered.status() != null);
        if (answered != null) {
            return List.of(new Rule(location.location(), match, answered));
        }
        Directive pass = Directive.first(own, "proxy_pass");
        Matcher target = TARGET.matcher(pass == null ? "" : pass.arg(0));
        if (pass == null || !target.matches() || target.group(2).startsWith("unix:")) {
            throw new Refused(location.node(), "a location without proxy_pass to http:// or https://", "proxy_pass");
        }
        return passed(location, pass, target, match, new Settings(own, around));
    }

    /** What a location answers by itself; null if it passes requests on. */
    private @Nullable Action answered(List<Directive> own, List<List<Directive>> around) {
        Directive back = Directive.first(own, "return");
        if (back != null) {
            return answer(back, report);
        }
        Integer closed = Guarding.closed(own, around);
        return closed == null ? guards.refusal(Guarding.of(own, around)) : Action.response(closed);
    }

    /** What {@code return} answers: a redirection, or a status without its body. */
    static Action answer(Directive back, Report report) {
        if (!Action.isResponse(back.arg(0)) || CLOSES.contains(back.arg(0))) {
            Action action = Action.redirect(redirect(back), HeaderRules.NONE);
            back.take();
            return action;
        }
        if (!back.arg(1).isEmpty()) {
            report.differs(back.location(), "a body of its own", "return " + back.arg(0));
        }
        back.take();
        return Action.response(Integer.parseInt(back.arg(0)));
    }

    private List<Rule> passed(Directive location, Directive pass, Matcher target, Match match, Settings settings) {
        boolean secure = target.group(1).equals("https");
        String name = target.group(2);
        Rewrite rewrite = rewrite(location, match, name, target.group(3), settings);
        Duration connect = settings.time("proxy_connect_timeout", DEFAULT);
        Duration timeout = settings.time("proxy_read_timeout", DEFAULT);
        List<Rule> rules = new ArrayList<>();
        List<Choices.Choice> all = choices.of(name, pass);
        PolicyDraft policy = settings.policy();
        for (Choices.Choice choice : all) {
            List<Action.Target> targets = new ArrayList<>();
            for (Map.Entry<String, Integer> one : choice.weights().entrySet()) {
                targets.add(new Action.Target(pools.of(one.getKey(), secure, pass, connect), one.getValue()));
            }
            int servers = targets.get(0).upstream().endpoints().size();
            policy.retries(new Retries(Math.max(0, servers - 1), ON, Retries.Methods.IDEMPOTENT, 20, null, false));
            Match asked = match;
            for (Marker marker : choice.markers()) {
                asked = asked.with(marker);
            }
            rules.add(new Rule(
                    location.location(),
                    asked,
                    new Action(
                            targets,
                            null,
                            null,
                            rewrite,
                            settings.headers(),
                            timeout,
                            null,
                            null,
                            null,
                            policy.policy())));
        }
        pass.take();
        // Retries go by the servers of the base, so that rules differ by where they lead alone.
        Action base = rules.get(rules.size() - 1).action();
        return rules.stream()
                .map(rule ->
                        new Rule(rule.at(), rule.match(), base.to(rule.action().targets())))
                .toList();
    }

    /** @param refuses whether its requests are refused: more of them do no harm */
    private Match match(Directive location, boolean refuses) {
        location.take();
        String how = location.arg(0);
        String path = refuses ? wider(location) : path(location);
        if (how.equals("=")) {
            return Match.exact(DecodedPath.text(path));
        }
        if (how.equals("~") || how.equals("~*")) {
            String whole = PathRegex.within(DecodedPath.regex(location.node(), path));
            return how.equals("~*")
                    ? PathRegex.expression(location.node(), "(?i)" + whole)
                    : PathRegex.match(location.node(), whole);
        }
        boolean prefix = location.args().size() == 1 || how.equals("^~");
        if (!path.startsWith("/") || !prefix) {
            throw new Refused(location.node(), "location '" + String.join(" ", location.args()) + "'", "a path");
        }
        String bare = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        boolean redirected = slashed(location);
        differs(
                location,
                path.length() == 1 || redirected
                        ? ""
                        : path.equals(bare) ? "also matches within a segment" : "does not match '" + bare + "' itself",
                bare);
        return Match.prefix(DecodedPath.text(bare));
    }

    /** The path without look-around, which expressions of a table do not have. */
    private String wider(Directive location) {
        String path = path(location);
        String wider =
                location.arg(0).startsWith("~") ? LOOK_AROUND.matcher(path).replaceAll("") : path;
        differs(location, wider.equals(path) ? "" : "also refuses what its look-around leaves out", wider);
        return wider;
    }

    private void differs(Directive location, String how, String path) {
        if (!how.isEmpty()) {
            report.differs(location.location(), "location " + how, "whole segments: path '" + path + "'");
        }
    }

    private @Nullable Rewrite rewrite(
            Directive location, Match match, String name, @Nullable String uri, Settings settings) {
        String said = settings.host();
        String host = said == null ? name.replaceAll(":[0-9]+$", "") : said.isEmpty() ? null : said;
        if (said == null && name.startsWith("$")) {
            report.differs(location.location(), "the Host is the client's", "proxy_set_header Host $host");
            host = null;
        }
        List<Directive> rewrites = Directive.named(location.block(), "rewrite");
        if (rewrites.size() > 1) {
            throw new Refused(rewrites.get(1).node(), "a second rewrite", "one rewrite");
        }
        if (!rewrites.isEmpty()) {
            Rewrite moved = rewritten(rewrites.get(0), match, host, uri);
            boolean slash = path(location).endsWith("/");
            differs(location, slash ? "" : "gets the new path for '" + match.path() + "' itself too", match.path());
            return moved;
        }
        if (uri == null || uri.startsWith("$")) {
            return host == null ? null : new Rewrite(host, null, null);
        }
        if (uri.contains("$") || name.startsWith("$") || location.arg(0).startsWith("~")) {
            throw new Refused(location.node(), "proxy_pass with the path '" + uri + "'", "a path without variables");
        }
        String bare = uri.length() > 1 && uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        boolean same = bare.equals(match.path());
        return same && host == null
                ? null
                : new Rewrite(host, match.exact() ? uri : null, same || match.exact() ? null : bare);
    }

    /** Another prefix in place of the location's, as {@code rewrite} says it: {@code ^/a/(.*)$ /b/$1 break}. */
    private static Rewrite rewritten(Directive rewrite, Match match, @Nullable String host, @Nullable String uri) {
        Matcher from = PREFIX.matcher(rewrite.arg(0));
        Matcher to = REPLACED.matcher(rewrite.arg(1));
        boolean form = from.matches() && to.matches() && rewrite.arg(2).equals("break") && uri == null;
        String prefix = form ? from.group(1) : "";
        String slash = form ? to.group(1) + (from.group(2).isEmpty() ? "" : "/") : "";
        if (!form || match.exact() || match.regex() != null || !prefix.equals(match.path()) || !slash.endsWith("/")) {
            throw new Refused(
                    rewrite.node(),
                    "rewrite " + String.join(" ", rewrite.args()),
                    "^/PATH/(.*)$ /OTHER/$1 break, of the path of its location");
        }
        rewrite.take();
        String bare = slash.length() > 1 ? slash.substring(0, slash.length() - 1) : slash;
        return new Rewrite(host, null, bare);
    }

    /** A redirection of {@code return}. */
    static Redirect redirect(Directive back) {
        Matcher url = Pattern.compile(
                        "(?:(https?)://([^/$:]+|\\$host|\\$server_name|\\$http_host)(?::(\\d+))?)?(\\$request_uri|/[^$]*)?")
                .matcher(back.arg(1));
        if (!back.arg(0).matches("30[12378]") || !url.matches() || back.arg(1).isEmpty()) {
            throw new Refused(back.node(), "return " + String.join(" ", back.args()), "301 to 308 and a URL");
        }
        String host = url.group(2);
        String path = url.group(4);
        return new Redirect(
                Integer.parseInt(back.arg(0)),
                url.group(1),
                host == null || host.startsWith("$") ? null : host,
                url.group(3) == null ? null : Integer.valueOf(url.group(3)),
                path == null ? "/" : path.startsWith("$") ? null : path,
                null);
    }
}
