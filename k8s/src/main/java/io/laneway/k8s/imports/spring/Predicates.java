package io.laneway.k8s.imports.spring;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.DecodedPath;
import io.laneway.k8s.imports.table.Marker;
import io.laneway.k8s.imports.table.Match;
import io.laneway.k8s.imports.table.PathRegex;
import io.laneway.k8s.imports.table.ValueRegex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The predicates of a route: hosts, and every combination of its paths and methods. Confined to one thread. */
final class Predicates {

    private static final Pattern VARIABLE =
            Pattern.compile("\\*|\\?|\\{[A-Za-z0-9_-]+(?::(?<regex>(?:[^{}]|\\{[^{}]*})+))?}");

    private final Report report;
    private final Set<String> hosts = new LinkedHashSet<>();
    private List<Match> matches = List.of();
    private final List<String> methods = new ArrayList<>();
    private final Set<String> once = new HashSet<>();
    private Match asked = Match.prefix("/");
    private @Nullable String group;
    private int weight;

    Predicates(Tracked route, Report report) {
        this.report = report;
        for (Tracked node : route.items("predicates")) {
            Shortcut one = Shortcut.of(node);
            read(one);
            one.take();
        }
    }

    List<String> hosts() {
        return List.copyOf(hosts);
    }

    /** The group within which its weight counts, null for none. */
    @Nullable
    String group() {
        return group;
    }

    int weight() {
        return weight;
    }

    List<Match> matches() {
        List<Match> all = new ArrayList<>();
        for (Match path : matches.isEmpty() ? List.of(Match.prefix("/")) : matches) {
            Match with = path.and(asked);
            if (with == null) {
                throw new IllegalStateException("a path with conditions is always one of some requests");
            }
            if (methods.isEmpty()) {
                all.add(with);
            }
            for (String method : methods) {
                all.add(with.withMethod(method));
            }
        }
        return all;
    }

    private void read(Shortcut one) {
        switch (one.name()) {
            case "Path", "Host", "Method", "Weight" -> {
                if (!once.add(one.name())) {
                    throw new Refused(one.node(), "a second predicate " + one.name(), "one with all values");
                }
                once(one);
            }
            case "Header" -> asked = conditioned(asked, Marker.Kind.HEADER, one);
            case "Query" -> {
                asked = conditioned(asked, Marker.Kind.QUERY, one);
                ValueRegex.bare(one.value(1) == null ? ValueRegex.ANY : null, one.node(), report);
            }
            case "Cookie" -> asked = conditioned(asked, Marker.Kind.COOKIE, one);
            default ->
                throw new Refused(
                        one.node(), "predicate " + one.name(), "Path, Host, Method, Header, Query, Cookie or Weight");
        }
    }

    private void once(Shortcut one) {
        switch (one.name()) {
            case "Path" -> matches = paths(one);
            case "Host" -> one.said().forEach(pattern -> host(one, pattern));
            case "Method" -> one.said().forEach(method -> methods.add(method.toUpperCase(Locale.ROOT)));
            default -> weight(one);
        }
    }

    private void weight(Shortcut one) {
        group = one.value(0);
        String text = one.value(1);
        if (text == null || !text.matches("0*[1-9][0-9]{0,5}")) {
            throw new Refused(one.node(), "a weight of '" + text + "'", "a group and a number above 0");
        }
        weight = Integer.parseInt(text);
    }

    private static List<Match> paths(Shortcut one) {
        List<Match> paths = new ArrayList<>();
        boolean slash = !one.said().contains("false");
        for (String pattern : one.said()) {
            if (!List.of("true", "false").contains(pattern)) {
                paths.addAll(path(one, pattern, slash));
            }
        }
        return paths;
    }

    /** @param slash whether a whole path may have a slash at its end that the pattern has not */
    private static List<Match> path(Shortcut one, String pattern, boolean slash) {
        String prefix = pattern.replaceAll("/(\\*\\*|\\{\\*[A-Za-z0-9_]+})$", "");
        boolean rest = prefix.length() < pattern.length();
        if (!pattern.startsWith("/") || prefix.contains("**") || prefix.contains("{*")) {
            throw new Refused(one.node(), "path '" + pattern + "'", "a path, with /** at its end alone");
        }
        if (prefix.matches(".*[*?{}].*")) {
            String end = rest ? "(?:/.*)?" : slash ? "/?" : "";
            return List.of(PathRegex.expression(one.node(), segments(one, prefix) + end));
        }
        String bare = prefix.isEmpty() ? "/" : DecodedPath.text(prefix);
        return rest
                ? List.of(Match.prefix(bare))
                : !slash || bare.endsWith("/")
                        ? List.of(Match.exact(bare))
                        : List.of(Match.exact(bare), Match.exact(bare + "/"));
    }

    /** Variables stand for one segment or match an expression; {@code *} and {@code ?} stay within one. */
    private static String segments(Shortcut one, String pattern) {
        Matcher variable = VARIABLE.matcher(pattern);
        StringBuilder regex = new StringBuilder();
        int from = 0;
        while (variable.find()) {
            regex.append(literal(one, pattern.substring(from, variable.start())));
            regex.append(expression(one, variable.group(), variable.group("regex")));
            from = variable.end();
        }
        return regex.append(literal(one, pattern.substring(from))).toString();
    }

    private static String expression(Shortcut one, String variable, @Nullable String regex) {
        return switch (variable) {
            case "*" -> "[^/]*";
            case "?" -> "[^/]";
            default -> regex == null ? "[^/]+" : "(?:" + DecodedPath.regex(one.node(), regex) + ")";
        };
    }

    private static String literal(Shortcut one, String text) {
        return DecodedPath.regex(one.node(), PathRegex.quoted(text));
    }

    private void host(Shortcut one, String pattern) {
        String rest = pattern.replaceFirst("^\\*\\*?\\.", "");
        if (rest.matches(".*[*?{}:].*")) {
            throw new Refused(one.node(), "host '" + pattern + "'", "a host, or one behind **.");
        }
        if (pattern.startsWith("**.")) {
            hosts.add(rest);
            hosts.add("*." + rest);
        } else if (pattern.startsWith("*.")) {
            hosts.add("*." + rest);
            report.differs(one.node().location(), "host '" + pattern + "' stands for one label", "**." + rest);
        } else {
            hosts.add(pattern);
        }
    }

    /** One value, or the like of an expression; without any condition that it is there. */
    private static Match conditioned(Match match, Marker.Kind kind, Shortcut one) {
        String name = one.value(0);
        String regex = one.value(1);
        String text = regex == null ? null : PathRegex.text(regex);
        if (name == null || (kind == Marker.Kind.COOKIE && text == null)) {
            String how = regex == null ? "that is there" : "by the expression '" + regex + "'";
            throw new Refused(one.node(), one.name() + " " + name + " " + how, "one exact value");
        }
        if (text == null) {
            return ValueRegex.with(match, one.node(), kind, name, regex == null ? ValueRegex.ANY : regex);
        }
        if (match.asks(kind, name)) {
            throw new Refused(one.node(), "two conditions of '" + name + "'", "one");
        }
        return match.with(new Marker(kind, name, text));
    }
}
