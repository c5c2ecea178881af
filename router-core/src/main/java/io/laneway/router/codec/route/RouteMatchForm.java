package io.laneway.router.codec.route;

import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Numbers;
import io.laneway.router.document.form.Types;
import io.laneway.router.model.route.RouteExpressions;
import io.laneway.router.model.route.RouteMatch;
import java.util.List;
import java.util.Map;

/** The form of what a request of a route must be like. */
final class RouteMatchForm {

    private static final Key<RouteMatch, Boolean> EXACT = Key.optional("exact", Types.BOOLEAN, RouteMatch::exact)
            .or(false)
            .doc("The whole path must be the route's, not only begin with it");
    private static final Key<RouteMatch, String> METHOD =
            Key.optional("method", Types.TEXT, RouteMatch::method).absent("any");
    private static final Key<RouteMatch, Map<String, String>> HEADERS = Key.optional(
                    "headers", Types.TEXT_MAP, RouteMatch::headers)
            .or(Map.of())
            .doc("By name the value of its first line");
    private static final Key<RouteMatch, Map<String, String>> QUERY = Key.optional(
                    "query", Types.TEXT_MAP, RouteMatch::query)
            .or(Map.of())
            .doc("By name the decoded value of its first parameter");

    private static final Key<RouteMatch, List<Integer>> PORTS = Key.optional(
                    "ports", Types.list(Numbers.integer(1, 65_535)), RouteMatch::ports)
            .or(List.of())
            .absent("any")
            .doc("The ports of the gateway's listeners at which it may come in");

    private static final Key<RouteMatch, Boolean> TLS = Key.optional("tls", Types.BOOLEAN, RouteMatch::tls)
            .or(false)
            .doc("About connections by the server name of their TLS, passed on as they are, and not about requests");

    private static final Key<RouteExpressions, String> PATH = Key.optional("path", Types.TEXT, RouteExpressions::path)
            .absent("any")
            .doc("The whole path, without query; before every prefix");
    private static final Key<RouteExpressions, Map<String, String>> HEADER_EXPRESSIONS = Key.optional(
                    "headers", Types.TEXT_MAP, RouteExpressions::headers)
            .or(Map.of())
            .doc("By name the value of its first line");
    private static final Key<RouteExpressions, Map<String, String>> QUERY_EXPRESSIONS = Key.optional(
                    "query", Types.TEXT_MAP, RouteExpressions::query)
            .or(Map.of())
            .doc("By name the decoded value of its first parameter");

    static final Form<RouteExpressions> REGEX = Form.of(
            "RouteExpressions",
            "",
            read -> new RouteExpressions(read.orNull(PATH), read.of(HEADER_EXPRESSIONS), read.of(QUERY_EXPRESSIONS)),
            List.of(PATH, HEADER_EXPRESSIONS, QUERY_EXPRESSIONS));

    private static final Key<RouteMatch, RouteExpressions> EXPRESSIONS = Key.optional(
                    "regex", REGEX.type(), RouteMatch::regex)
            .or(RouteExpressions.NONE)
            .absent("none")
            .doc("What must match an expression of RE2, as a whole");

    static final Form<RouteMatch> FORM = Form.of(
            "RouteMatch",
            "",
            read -> new RouteMatch(
                    read.of(EXACT),
                    read.orNull(METHOD),
                    read.of(HEADERS),
                    read.of(QUERY),
                    read.of(PORTS),
                    read.of(TLS),
                    read.of(EXPRESSIONS)),
            List.of(EXACT, METHOD, HEADERS, QUERY, PORTS, TLS, EXPRESSIONS));

    private RouteMatchForm() {}
}
