package io.laneway.k8s.imports.ingress;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.DecodedPath;
import io.laneway.k8s.imports.table.Match;
import io.laneway.k8s.imports.table.PathRegex;
import io.laneway.router.model.route.Rewrite;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of an Ingress with its rewrite, as a table says them. Immutable.
 *
 * @param rewrite null if the path stays
 */
record IngressPath(Match match, @Nullable Rewrite rewrite) {

    private static final Set<String> TYPES = Set.of("Exact", "Prefix", "ImplementationSpecific");
    private static final Set<String> SWITCH = Set.of("true", "false");
    private static final Pattern LAST_GROUP = Pattern.compile("(/[^$]*?)/?\\$([1-9])");

    /**
     * Reads it.
     *
     * @param regex    whether the paths of its host are expressions
     * @param forwards whether requests are passed on; else a rewrite stays to be named
     */
    static IngressPath of(Tracked path, Annotations annotations, boolean regex, boolean forwards, Report report) {
        String text = path.text("path");
        String type = path.peek("pathType");
        if (type == null || TYPES.contains(type)) {
            path.text("pathType");
        }
        String target = forwards ? annotations.take("rewrite-target") : annotations.peek("rewrite-target");
        String host = forwards ? annotations.take("upstream-vhost") : null;
        if (SWITCH.contains(String.valueOf(annotations.peek("use-regex")))) {
            annotations.take("use-regex");
        }
        String written = text == null || text.isEmpty() ? "/" : text;
        Match match;
        if (!regex) {
            match = plain(path, written, type, report);
        } else if (target != null && target.contains("$")) {
            match = byGroup(path, written, report);
        } else {
            match = PathRegex.expression(path, "(?i)" + PathRegex.within("^" + DecodedPath.regex(path, written)));
        }
        Rewrite rewrite = forwards ? rewrite(path, written, match, target, host) : null;
        return new IngressPath(match, rewrite);
    }

    private static Match plain(Tracked path, String written, @Nullable String type, Report report) {
        if ("Exact".equals(type)) {
            return Match.exact(DecodedPath.text(written));
        }
        String bare =
                written.length() > 1 && written.endsWith("/") ? written.substring(0, written.length() - 1) : written;
        if (!"Prefix".equals(type) && bare.length() > 1) {
            report.differs(
                    path.location(),
                    "path '" + written + "' of no type also matches within a segment",
                    "pathType: Prefix");
        }
        return Match.prefix(DecodedPath.text(bare));
    }

    /** A prefix, since it becomes another one; the controller's expressions leave the end open. */
    private static Match byGroup(Tracked path, String written, Report report) {
        String encoded = DecodedPath.regex(path, written);
        PathRegex.Path form =
                PathRegex.path(encoded.endsWith("$") || encoded.endsWith("*)") ? encoded : encoded + ".*");
        if (form == null) {
            throw new Refused(path, "path by the expression '" + written + "'", "a text and (/|$)(.*)");
        }
        if (!form.difference().isEmpty()) {
            report.differs(
                    path.location(),
                    "path '" + written + "' " + form.difference(),
                    "whole segments: " + form.match().path() + "(/|$)(.*)");
        }
        if (form.match().path().chars().anyMatch(Character::isLetter)) {
            report.assumed(
                    path.location(),
                    "path '" + written + "' is in the case as written; the controller takes it in any case");
        }
        return form.match();
    }

    private static @Nullable Rewrite rewrite(
            Tracked path, String written, Match match, @Nullable String target, @Nullable String host) {
        if (target == null) {
            return host == null ? null : new Rewrite(host, null, null);
        }
        Matcher group = LAST_GROUP.matcher(target);
        long groups = written.chars().filter(c -> c == '(').count();
        if (group.matches() && Long.parseLong(group.group(2)) == groups && !match.exact()) {
            String prefix = group.group(1);
            return prefix.equals(match.path()) ? null : new Rewrite(host, null, prefix);
        }
        if (!target.startsWith("/") || target.contains("$")) {
            throw new Refused(path, "rewrite-target '" + target + "'", "a path, or one with the last group: /$2");
        }
        return new Rewrite(host, target, null);
    }
}
