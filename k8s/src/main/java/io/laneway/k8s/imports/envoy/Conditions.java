package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.Marker;
import io.laneway.k8s.imports.table.Match;
import io.laneway.k8s.imports.table.PathRegex;
import io.laneway.k8s.imports.table.ValueRegex;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a route matches, as a table says it: a path, values of headers and parameters, a method. Whatever else it asks
 * for refuses the rule, as it would take other requests without.
 */
final class Conditions {

    private static final Set<String> KNOWN = Set.of(
            "prefix", "path", "path_separated_prefix", "safe_regex", "headers", "query_parameters", "case_sensitive");

    private Match match;
    private @Nullable String host;

    private Conditions(Match match) {
        this.match = match;
    }

    static Conditions of(Tracked rule, Report report) {
        Tracked match = rule.at("match");
        if (match == null) {
            throw new Refused(rule, "no match", "prefix, path, path_separated_prefix or safe_regex");
        }
        for (String key : match.members().keySet()) {
            if (!KNOWN.contains(FieldNames.snake(key)) && !fraction(match, key)) {
                throw new Refused(rule, "match by " + FieldNames.snake(key), "path, headers and query_parameters only");
            }
        }
        Conditions conditions = new Conditions(path(rule, match, report));
        match.items("headers").forEach(header -> conditions.header(header));
        for (Tracked parameter : match.items("query_parameters")) {
            Wanted wanted = Wanted.of(parameter, "query parameter");
            conditions.add(Marker.Kind.QUERY, name(parameter), wanted, parameter);
            ValueRegex.bare(wanted.expression(), parameter, report);
        }
        return conditions;
    }

    /** A fraction of all requests is none. */
    private static boolean fraction(Tracked match, String key) {
        boolean all = key.equals("runtime_fraction")
                && "100".equals(match.peek(key, "default_value", "numerator"))
                && (!match.has(key, "default_value", "denominator")
                        || "HUNDRED".equals(match.peek(key, "default_value", "denominator")));
        Tracked fraction = all ? match.at(key, "default_value") : null;
        if (fraction != null) {
            fraction.ignore("numerator", "denominator");
            match.text(key, "runtime_key");
        }
        return all;
    }

    Match match() {
        return match;
    }

    /** The one host that it asks for by {@code :authority}, null if it does not. */
    @Nullable
    String host() {
        return host;
    }

    private static Match path(Tracked rule, Tracked match, Report report) {
        boolean anyCase = match.takeIf("false", "case_sensitive");
        match.takeIf("true", "case_sensitive");
        Match path = null;
        String prefix = match.text("prefix");
        String exact = match.text("path");
        String whole = match.text("path_separated_prefix");
        String regex = match.text("safe_regex", "regex");
        match.at("safe_regex", "google_re2");
        if (regex != null) {
            path = PathRegex.match(match, regex);
        } else if (exact != null) {
            path = Match.exact(exact);
        } else if (whole != null) {
            path = Match.prefix(whole);
        } else if (prefix != null) {
            String bare = prefix.length() > 1 && prefix.endsWith("/")
                    ? prefix.substring(0, prefix.length() - 1)
                    : prefix.isEmpty() ? "/" : prefix;
            String difference = prefix.length() <= 1
                    ? ""
                    : prefix.endsWith("/") ? "does not match '" + bare + "' itself" : "also matches within a segment";
            differs(rule, "prefix '" + prefix + "' ", difference, bare, report);
            path = Match.prefix(bare);
        }
        if (path == null || !path.path().startsWith("/")) {
            throw new Refused(match, "no path that begins with '/'", "a path that starts with '/'");
        }
        // Envoy ignores case_sensitive where the path is an expression
        if (anyCase && regex == null && path.path().chars().anyMatch(Character::isLetter)) {
            report.differs(rule.location(), "path '" + path.path() + "' in any case", "the case as written");
        }
        return path;
    }

    private static void differs(Tracked rule, String what, String difference, String path, Report report) {
        if (!difference.isEmpty()) {
            report.differs(rule.location(), what + difference, "whole segments: path '" + path + "'");
        }
    }

    private void header(Tracked header) {
        String name = name(header);
        if (!name.startsWith(":")) {
            add(Marker.Kind.HEADER, name, Wanted.of(header, "header"), header);
            return;
        }
        String value = Wanted.of(header, "header").text();
        if (value == null || !(name.equals(":method") || name.equals(":authority"))) {
            throw new Refused(header, "header '" + name + "'", "path, and one value of :method or :authority");
        }
        if (name.equals(":method")) {
            match = match.withMethod(value);
        } else {
            host = value;
        }
    }

    private void add(Marker.Kind kind, String name, Wanted wanted, Tracked at) {
        if (wanted.expression() != null) {
            match = ValueRegex.with(match, at, kind, name, wanted.expression());
            return;
        }
        Match more = match.with(new Marker(kind, name, String.valueOf(wanted.text())));
        if (match.asks(kind, name) && !more.equals(match)) {
            throw new Refused(at, "two conditions of '" + name + "'", "one");
        }
        match = more;
    }

    private static String name(Tracked condition) {
        String name = condition.text("name");
        if (name == null || name.isEmpty()) {
            throw new Refused(condition, "no name", "a name");
        }
        return name;
    }
}
