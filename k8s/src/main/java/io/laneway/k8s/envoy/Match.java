package io.laneway.k8s.envoy;

import io.laneway.router.document.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rule matches, as far as a lane table can say it: a path prefix of whole segments, and at most one marker.
 * Immutable.
 *
 * @param path   starts with {@code /}
 * @param marker null if the rule asks for no lane
 */
record Match(String path, @Nullable Marker marker) {

    private static final Set<String> KNOWN =
            Set.of("prefix", "path_separated_prefix", "headers", "query_parameters", "case_sensitive");
    private static final Set<String> KNOWN_STRING = Set.of("exact", "safe_regex", "ignore_case");

    /** Reads a rule's {@code match}; null after a finding if a table cannot say it. */
    static @Nullable Match of(Node rule, Findings findings) {
        Node match = Tree.at(rule, "match");
        Set<String> other = Tree.keysBut(match, KNOWN);
        if (match == null || !other.isEmpty()) {
            findings.unexpressed(
                    rule,
                    match == null ? "no match" : "match by " + String.join(", ", other),
                    "prefix, headers and query_parameters only");
            return null;
        }
        String path = path(rule, match, findings);
        List<Marker> markers = path == null ? null : markers(rule, match, findings);
        if (path == null || markers == null) {
            return null;
        }
        if (markers.size() > 1) {
            findings.unexpressed(rule, markers.size() + " conditions on headers and query parameters", "at most one");
            return null;
        }
        return new Match(path, markers.isEmpty() ? null : markers.get(0));
    }

    private static @Nullable String path(Node rule, Node match, Findings findings) {
        String whole = Tree.text(match, "path_separated_prefix");
        String prefix = Tree.text(match, "prefix");
        String path = whole == null ? prefix : whole;
        if (path == null || !path.startsWith("/")) {
            findings.unexpressed(rule, "prefix '" + path + "'", "a prefix that starts with '/'");
            return null;
        }
        if ("false".equals(Tree.text(match, "case_sensitive")) && path.length() > 1) {
            findings.difference(rule, "prefix '" + path + "' in any case", "the case as written");
        }
        String bare = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (whole == null && path.length() > 1) {
            boolean slash = path.endsWith("/");
            findings.difference(
                    rule,
                    "prefix '" + path
                            + (slash ? "' does not match '" + bare + "' itself" : "' also matches within a segment"),
                    "whole segments: path '" + bare + "'");
        }
        return bare;
    }

    private static @Nullable List<Marker> markers(Node rule, Node match, Findings findings) {
        List<Marker> markers = new ArrayList<>();
        for (Node one : Tree.items(match, "headers")) {
            if (!add(rule, one, true, markers, findings)) {
                return null;
            }
        }
        for (Node one : Tree.items(match, "query_parameters")) {
            if (!add(rule, one, false, markers, findings)) {
                return null;
            }
        }
        return markers;
    }

    private static boolean add(Node rule, Node condition, boolean header, List<Marker> into, Findings findings) {
        String name = Tree.text(condition, "name");
        String value = value(condition);
        if (name == null || value == null || name.startsWith(":")) {
            Set<String> how = Tree.keysBut(condition, Set.of("name"));
            findings.unexpressed(
                    rule,
                    (header ? "header '" : "query parameter '") + name + "' by " + String.join(", ", how),
                    "an exact value of a header or query parameter");
            return false;
        }
        into.add(new Marker(header, name, value));
        return true;
    }

    /** The one value that a condition takes, null if it takes others. */
    private static @Nullable String value(Node condition) {
        if ("true".equals(Tree.text(condition, "invert_match"))) {
            return null;
        }
        Node string = Tree.at(condition, "string_match");
        if (string != null && !Tree.keysBut(string, KNOWN_STRING).isEmpty()) {
            return null;
        }
        String exact = Tree.text(condition, "exact_match");
        String value = exact == null ? Tree.text(string, "exact") : exact;
        if (value != null) {
            return value;
        }
        Node regex = Tree.at(condition, "safe_regex_match");
        String pattern = Tree.text(regex == null ? Tree.at(string, "safe_regex") : regex, "regex");
        return pattern == null ? Tree.text(condition, "value") : literal(pattern);
    }

    /** The only text that an expression matches, null if there are others. Envoy's match the whole value. */
    private static @Nullable String literal(String pattern) {
        String text = pattern.replaceAll("^\\^|\\$$", "").replaceAll("\\\\([-./_])", "$1");
        return text.matches("[A-Za-z0-9_/-]+") ? text : null;
    }
}
