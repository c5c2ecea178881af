package io.laneway.k8s.imports.istio;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.Marker;
import io.laneway.k8s.imports.table.Match;
import io.laneway.k8s.imports.table.PathRegex;
import io.laneway.k8s.imports.table.ValueRegex;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One of the matches of an {@code HTTPRoute}; whatever else it asks for refuses it. */
final class HttpMatch {

    private static final Set<String> KNOWN = Set.of("uri", "method", "headers", "queryParams", "name", "ignoreUriCase");
    private static final Pattern COOKIE =
            Pattern.compile("\\^\\(\\.\\*\\??;\\)\\?\\(([A-Za-z0-9_-]+)=([A-Za-z0-9_-]+)\\)\\(;\\.\\*\\)\\?\\$");

    private HttpMatch() {}

    static Match of(@Nullable Tracked match, Report report) {
        if (match == null) {
            return Match.prefix("/");
        }
        for (String key : match.members().keySet()) {
            if (!KNOWN.contains(key)) {
                throw new Refused(match, "match by " + key, "uri, method, headers and queryParams");
            }
        }
        match.ignore("name");
        if (match.has("ignoreUriCase") && !match.takeIf("false", "ignoreUriCase")) {
            report.differs(match.location(), "uri in any case", "the case as written");
            match.text("ignoreUriCase");
        }
        Match made = match.has("uri") ? uri(match, report) : Match.prefix("/");
        if (match.has("method")) {
            made = made.withMethod(value(match, "method", "exact"));
        }
        for (Map.Entry<String, Tracked> header : match.members("headers").entrySet()) {
            made = value(made, Marker.Kind.HEADER, header.getKey(), header.getValue());
        }
        for (Map.Entry<String, Tracked> parameter : match.members("queryParams").entrySet()) {
            made = value(made, Marker.Kind.QUERY, parameter.getKey(), parameter.getValue());
            ValueRegex.bare(
                    parameter.getValue().members().isEmpty() ? ValueRegex.ANY : null, parameter.getValue(), report);
        }
        return made;
    }

    /** One value, or the like of an expression; without any condition that it is there. */
    private static Match value(Match match, Marker.Kind kind, String name, Tracked how) {
        String regex = how.peek("regex");
        Matcher cookie = COOKIE.matcher(regex == null ? "" : regex);
        if (name.equalsIgnoreCase("cookie") && cookie.matches()) {
            how.text("regex");
            return match.with(new Marker(Marker.Kind.COOKIE, cookie.group(1), cookie.group(2)));
        }
        String exact = how.text("exact");
        String prefix = how.text("prefix");
        String text = exact != null || regex == null ? exact : PathRegex.text(regex);
        how.text("regex");
        if (text != null) {
            return match.with(new Marker(kind, name, text));
        }
        boolean any = regex == null && prefix == null;
        if (any && !how.members().isEmpty()) {
            throw new Refused(
                    how, "a value by " + String.join(", ", how.members().keySet()), "exact, prefix or regex");
        }
        if (any) {
            how.take();
        }
        String expression = regex == null ? prefix == null ? ValueRegex.ANY : ValueRegex.prefix(prefix) : regex;
        return ValueRegex.with(match, how, kind, name, expression);
    }

    private static String value(Tracked node, String... keys) {
        String exact = node.text(keys);
        if (exact == null) {
            throw new Refused(node, String.join(".", keys) + " by another way than exact", "exact");
        }
        return exact;
    }

    private static Match uri(Tracked match, Report report) {
        String exact = match.text("uri", "exact");
        String prefix = match.text("uri", "prefix");
        String regex = match.text("uri", "regex");
        if (exact != null && exact.startsWith("/")) {
            return Match.exact(exact);
        }
        if (prefix != null && prefix.startsWith("/")) {
            String bare =
                    prefix.length() > 1 && prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
            String how = prefix.length() == 1
                    ? ""
                    : prefix.equals(bare) ? "also matches within a segment" : "does not match '" + bare + "' itself";
            differs(match, "prefix '" + prefix + "' ", how, bare, report);
            return Match.prefix(bare);
        }
        if (regex == null) {
            throw new Refused(
                    match, "uri by " + String.join(", ", match.members("uri").keySet()), "exact, prefix or regex");
        }
        return PathRegex.match(match, regex);
    }

    private static void differs(Tracked at, String what, String how, String path, Report report) {
        if (!how.isEmpty()) {
            report.differs(at.location(), what + how, "whole segments: path '" + path + "'");
        }
    }
}
