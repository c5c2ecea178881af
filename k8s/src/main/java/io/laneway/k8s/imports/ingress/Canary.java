package io.laneway.k8s.imports.ingress;

import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.table.Action;
import io.laneway.k8s.imports.table.Marker;
import io.laneway.k8s.imports.table.PathRegex;
import io.laneway.k8s.imports.table.Rule;
import io.laneway.k8s.imports.table.Upstream;
import java.util.ArrayList;
import java.util.List;

/**
 * How a canary takes requests from the Ingress that it is one of: by header, else by cookie, else by weight. Immutable.
 *
 * @param markers conditions that lead to it, in the order in which they count
 * @param never   conditions that keep a request from it
 * @param weight  its part of {@code total}
 */
record Canary(List<Marker> markers, List<Marker> never, int weight, int total) {

    static Canary of(Annotations of, Report report) {
        List<Marker> markers = new ArrayList<>();
        List<Marker> never = new ArrayList<>();
        String header = of.peek("canary-by-header");
        String value = of.take("canary-by-header-value");
        String pattern = of.peek("canary-by-header-pattern");
        if (header != null && value != null) {
            of.take("canary-by-header");
            of.take("canary-by-header-pattern");
            markers.add(new Marker(Marker.Kind.HEADER, header, value));
        } else if (header != null && pattern != null) {
            pattern(header, pattern, of, report).forEach(markers::add);
        } else if (header != null) {
            of.take("canary-by-header");
            markers.add(new Marker(Marker.Kind.HEADER, header, "always"));
            never.add(new Marker(Marker.Kind.HEADER, header, "never"));
        }
        String cookie = of.take("canary-by-cookie");
        if (cookie != null) {
            markers.add(new Marker(Marker.Kind.COOKIE, cookie, "always"));
            never.add(new Marker(Marker.Kind.COOKIE, cookie, "never"));
        }
        Integer weight = of.number("canary-weight");
        Integer total = of.number("canary-weight-total");
        return new Canary(markers, never, weight == null ? 0 : weight, total == null || total < 1 ? 100 : total);
    }

    private static List<Marker> pattern(String header, String pattern, Annotations of, Report report) {
        List<Marker> markers = new ArrayList<>();
        String bare = pattern.replaceAll("^\\^?\\(?|\\)?\\$?$", "");
        for (String one : bare.split("\\|", -1)) {
            String text = PathRegex.text(one);
            if (text == null || text.isEmpty() || !pattern.startsWith("^") || !pattern.endsWith("$")) {
                report.notTaken(
                        of.location("canary-by-header-pattern"),
                        "canary by the pattern '" + pattern + "'",
                        "values, such as ^(f-1|f-2)$");
                return List.of();
            }
            markers.add(new Marker(Marker.Kind.HEADER, header, text));
        }
        of.take("canary-by-header");
        of.take("canary-by-header-pattern");
        return markers;
    }

    /** The rules of a path with this canary. */
    List<Rule> rules(Rule main, Upstream canary) {
        List<Rule> rules = new ArrayList<>();
        int part = Math.min(weight, total);
        Upstream base = main.action().targets().get(0).upstream();
        List<Action.Target> both = new ArrayList<>();
        if (part < total) {
            both.add(new Action.Target(base, total - part));
        }
        if (part > 0) {
            both.add(new Action.Target(canary, part));
        }
        for (Marker marker : markers) {
            rules.add(new Rule(
                    canary.at(), main.match().with(marker), main.action().to(List.of(new Action.Target(canary, 1)))));
        }
        if (part > 0) {
            for (Marker marker : never) {
                rules.add(new Rule(main.at(), main.match().with(marker), main.action()));
            }
        }
        boolean one = both.size() == 1;
        rules.add(new Rule(
                main.at(),
                main.match(),
                main.action().to(one ? List.of(new Action.Target(both.get(0).upstream(), 1)) : both)));
        return rules;
    }
}
