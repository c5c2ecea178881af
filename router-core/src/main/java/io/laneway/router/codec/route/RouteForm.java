package io.laneway.router.codec.route;

import io.laneway.router.codec.policy.AccessForm;
import io.laneway.router.codec.policy.HeadersForm;
import io.laneway.router.document.form.Definition;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Read;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.model.route.ClientAuthorities;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Access;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.HeaderRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of a route: its match, and as keys of its own what its action does. */
public final class RouteForm {

    /** {@code off} is what the key's absence is: the policy's. */
    private static final Type<Duration> TIME = Types.DURATION.orOff(null);

    private static final Key<Route, List<String>> HOSTS = Key.optional(
                    "hosts", Types.TEXTS.labelled("list of hosts, or `*.` and a host"), Route::hosts)
            .or(List.of())
            .absent("any host");
    private static final Key<Route, String> PATH = Key.optional("path", Types.ANY_TEXT, Route::path)
            .or("/")
            .written()
            .doc("A prefix of whole segments, or the whole path with `match.exact`");
    private static final Key<Route, ServiceId> SERVICE = Key.required(
                    "service", RouteActionForms.REFERENCE, Route::service)
            .unless("services", "redirect", "match")
            .absent("required, or one of the others")
            .doc("Where its requests go; one of `service`, `services` and `redirect`");
    private static final Key<Route, Boolean> STRIP_PREFIX = Key.optional(
                    "stripPrefix", Types.BOOLEAN, Route::stripPrefix)
            .or(false)
            .doc("Takes `path` off before forwarding");
    private static final Key<Route, RouteMatch> MATCH = Key.optional("match", RouteMatchForm.FORM.type(), Route::match)
            .or(RouteMatch.ANY)
            .absent("every request")
            .doc("What else a request must be like, all of it");
    private static final Key<Route, List<RoutePart>> SERVICES = Key.optional(
                    "services",
                    Types.list(RouteActionForms.PART.type()),
                    (Route route) -> route.action().split())
            .or(List.of())
            .doc("Instead of `service`: requests are divided by weight; their `x-request-id` decides, so that every hop"
                    + " and explain agree");
    private static final Key<Route, Redirect> REDIRECT = Key.optional(
                    "redirect",
                    RouteActionForms.REDIRECT.type().orOff(null),
                    (Route route) -> route.action().redirect())
            .doc("Instead of `service`: answered by the gateway; what is absent stays as asked");
    private static final Key<Route, Rewrite> REWRITE = Key.optional(
                    "rewrite",
                    RouteActionForms.REWRITE.type().orOff(null),
                    (Route route) -> route.action().rewrite())
            .doc("Changes of the target; the query stays");
    private static final Key<Route, HeaderRules> HEADERS = Key.optional(
                    "headers",
                    HeadersForm.RULES.type(),
                    (Route route) -> route.action().headers())
            .or(HeaderRules.NONE)
            .doc("As in a policy; of requests before it, of responses after it");
    private static final Key<Route, Duration> TIMEOUT = Key.optional(
                    "timeout", TIME, (Route route) -> route.action().timeout())
            .absent("the policy's")
            .doc("Instead of the policy's `timeouts.request`, up to the response's head; `0s` for none");
    private static final Key<Route, Duration> PER_TRY = Key.optional(
                    "perTryTimeout", TIME, (Route route) -> route.action().perTry())
            .absent("the policy's")
            .doc("Instead of the policy's `retries.perTryTimeout`; `0s` for none");
    private static final Key<Route, RouteMirror> MIRROR = Key.optional(
                    "mirror",
                    RouteActionForms.MIRROR.type().orOff(null),
                    (Route route) -> first(route.action().mirrors()))
            .absent("the policy's")
            .doc("Instead of the policy's `mirror`: copies into any service, responses ignored");
    private static final Key<Route, List<RouteMirror>> MIRRORS = Key.optional(
                    "mirrors",
                    Types.list(RouteActionForms.MIRROR.type()),
                    (Route route) -> further(route.action().mirrors()))
            .or(List.of())
            .doc("Further ones beside `mirror`, each with its own copies");

    private static final Key<Route, Access> ACCESS = Key.optional(
                    "access",
                    AccessForm.ACCESS.type(),
                    (Route route) -> route.action().access())
            .absent("the policy's")
            .doc("Instead of the policy's `access`");

    private static final Key<Route, Cors> CORS = Key.optional(
                    "cors",
                    HeadersForm.CORS.type(),
                    (Route route) -> route.action().cors())
            .absent("the policy's")
            .doc("Instead of the policy's `cors`");

    private static final Key<Route, String> LANE = Key.optional(
                    "lane",
                    Types.TEXT.labelled("lane name"),
                    (Route route) -> route.action().lane())
            .absent("what the request says")
            .doc("The lane of its requests that carry none, before the listener's and the tenant's; with `lanes: false`"
                    + " there is none");

    private static final Key<Route, ClientAuthorities> CLIENTS = Key.optional(
                    "clients",
                    RouteActionForms.CLIENTS.type(),
                    (Route route) -> route.action().clients())
            .absent("what the listener says")
            .doc("With `match.tls` and without a service: which certificates clients have to show");

    private static final Key<Route, Boolean> TERMINATE = Key.optional(
                    "terminate", Types.BOOLEAN, (Route route) -> route.action().terminate())
            .or(false)
            .doc("With `match.tls`: TLS ends at the gateway, and what it carries is passed on as it is");

    /** A route. */
    public static final Form<Route> FORM = Form.of(
            "Route",
            "",
            RouteForm::route,
            List.of(
                    HOSTS,
                    PATH,
                    SERVICE,
                    STRIP_PREFIX,
                    MATCH,
                    SERVICES,
                    REDIRECT,
                    REWRITE,
                    HEADERS,
                    TIMEOUT,
                    PER_TRY,
                    MIRROR,
                    ACCESS,
                    MIRRORS,
                    CORS,
                    LANE,
                    CLIENTS,
                    TERMINATE));

    private RouteForm() {}

    /** What the JSON Schema of a table has of routes under {@code $defs}, in its order. */
    public static List<Definition> definitions() {
        return List.of(
                RouteMatchForm.REGEX,
                RouteMatchForm.FORM,
                RouteActionForms.PART,
                RouteActionForms.REDIRECT,
                RouteActionForms.REWRITE,
                RouteActionForms.MIRROR,
                RouteActionForms.CLIENTS,
                FORM);
    }

    private static @Nullable RouteMirror first(List<RouteMirror> mirrors) {
        return mirrors.isEmpty() ? null : mirrors.get(0);
    }

    private static List<RouteMirror> further(List<RouteMirror> mirrors) {
        return mirrors.size() < 2 ? List.of() : mirrors.subList(1, mirrors.size());
    }

    private static Route route(Read<Route> read) {
        List<RouteMirror> mirrors = new ArrayList<>(read.of(MIRRORS));
        RouteMirror mirror = read.orNull(MIRROR);
        if (mirror != null) {
            mirrors.add(0, mirror);
        }
        RouteAction action = new RouteAction(
                read.of(SERVICES),
                read.orNull(REDIRECT),
                read.orNull(REWRITE),
                read.of(HEADERS),
                read.orNull(TIMEOUT),
                read.orNull(PER_TRY),
                mirrors,
                read.orNull(ACCESS),
                read.orNull(CORS),
                read.orNull(LANE),
                read.orNull(CLIENTS),
                read.of(TERMINATE));
        return new Route(
                read.of(HOSTS), read.of(PATH), read.orNull(SERVICE), read.of(STRIP_PREFIX), read.of(MATCH), action);
    }
}
