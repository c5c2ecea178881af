package io.laneway.control.http;

import io.laneway.router.document.tree.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The requests of a route, written as RFC 6570 does: {@code /v1/revisions{?limit,before}} has two query parameters, and
 * {@code {?any*}} takes whatever comes. Calls that change something have {@link #EDIT} as well. Immutable.
 *
 * @param path with variables in braces
 */
record RouteTemplate(HttpMethod method, String path, Set<String> query, boolean any) {

    /** Query parameters of every call that changes something. */
    static final List<String> EDIT = List.of("dryRun", "wait", "timeout");

    private static final Pattern FORM = Pattern.compile("([^?]*?)(?:\\{\\?([\\w,*]+)})?");

    RouteTemplate {
        query = Set.copyOf(query);
    }

    static RouteTemplate of(HttpMethod method, String template) {
        Matcher form = FORM.matcher(template);
        if (!form.matches()) {
            throw new IllegalArgumentException("template: " + template + " (expected: a path, maybe with {?names})");
        }
        String names = form.group(2);
        Set<String> query = new TreeSet<>(names == null ? List.of() : List.of(names.split(",")));
        boolean any = query.removeIf(name -> name.endsWith("*"));
        if (!method.equals(HttpMethod.GET)) {
            query.addAll(EDIT);
        }
        return new RouteTemplate(method, form.group(1), query, any);
    }

    /** The path as the router takes it. */
    String route() {
        return path.replaceAll("\\{(\\w+)}", ":$1");
    }

    /** Names that the route does not have, and names given twice: a mistyped {@code dryrun} would change something. */
    List<Problem> problems(MultiMap given) {
        List<Problem> problems = new ArrayList<>();
        for (String name : new TreeSet<>(given.names())) {
            if (!any && !query.contains(name)) {
                problems.add(Problem.at(name, "unknown query parameter", "one of " + new TreeSet<>(query)));
            } else if (given.getAll(name).size() > 1) {
                problems.add(Problem.at(name, "given " + given.getAll(name).size() + " times", "once"));
            }
        }
        return problems;
    }
}
