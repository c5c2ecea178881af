package io.laneway.router.codec.route;

import io.laneway.router.codec.policy.HeadersForm;
import io.laneway.router.codec.service.UpstreamTlsForm;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.form.Numbers;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.model.route.ClientAuthorities;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.unit.Share;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The forms of the parts of a route's action: services that share requests, redirection, rewriting, mirror. */
final class RouteActionForms {

    /** A service that something refers to. */
    static final Type<ServiceId> REFERENCE = Types.parsed("`name` or `name.namespace`", ServiceId::parse);

    private static final int FOUND = 302;
    private static final String ONE_PORT = "The port that is meant among several; 0 for what suits the request";
    private static final String WHOLE = "The whole new path";
    private static final String PREFIX = "What the route's prefix becomes; not beside `path`";
    private static final Type<Integer> PORT_TYPE = Numbers.integer(0, 65_535);

    private static final Key<RoutePart, ServiceId> PART_SERVICE = Key.required("service", REFERENCE, RoutePart::service)
            .unless("status", "address")
            .absent("required, or `status`, or `address`");
    private static final Key<RoutePart, Integer> WEIGHT = Key.optional(
                    "weight", Numbers.integer(0, RoutePart.MAX_WEIGHT), RoutePart::weight)
            .or(1);
    private static final Key<RoutePart, Integer> PART_PORT =
            Key.optional("port", PORT_TYPE, RoutePart::port).or(Port.ANY).doc(ONE_PORT);
    private static final Key<RoutePart, Integer> PART_STATUS = Key.optional(
                    "status", Numbers.integer(RoutePart.MIN_STATUS, RoutePart.MAX_STATUS), RoutePart::status)
            .absent("none")
            .doc("Instead of `service`: the gateway answers this part with this status");
    private static final Key<RoutePart, HeaderRules> PART_HEADERS = Key.optional(
                    "headers", HeadersForm.RULES.type(), RoutePart::headers)
            .or(HeaderRules.NONE)
            .doc("Of this part alone, of requests after the route's, of responses before them");

    private static final Key<RoutePart, String> PART_ADDRESS = Key.optional(
                    "address", Types.TEXT.labelled("`host:port`"), RoutePart::address)
            .doc("Instead of `service`, with `match.tls`: where its connections go");

    private static final Key<Redirect, Integer> STATUS = Key.optional(
                    "status", Numbers.integer(300, 399).labelled("301, 302, 303, 307, 308"), Redirect::status)
            .or(FOUND);
    private static final Key<Redirect, String> SCHEME = Key.optional(
                    "scheme", Types.TEXT.labelled("`http`, `https`"), Redirect::scheme)
            .absent("as asked")
            .doc("A named one has its own port");
    private static final Key<Redirect, String> HOST =
            Key.optional("host", Types.TEXT, Redirect::host).absent("as asked");
    private static final Key<Redirect, Integer> REDIRECT_PORT = Key.optional(
                    "port", PORT_TYPE, (Redirect redirect) -> Objects.requireNonNullElse(redirect.port(), Port.ANY))
            .or(Port.ANY)
            .absent("as asked");
    private static final Key<Redirect, String> REDIRECT_PATH =
            Key.optional("path", Types.TEXT, Redirect::path).absent("as asked").doc(WHOLE);
    private static final Key<Redirect, String> REDIRECT_PREFIX = Key.optional("prefix", Types.TEXT, Redirect::prefix)
            .absent("as asked")
            .doc(PREFIX);

    static final Form<Redirect> REDIRECT = Form.of(
            "Redirect",
            "",
            read -> new Redirect(
                    read.of(STATUS),
                    read.orNull(SCHEME),
                    read.orNull(HOST),
                    read.of(REDIRECT_PORT) == Port.ANY ? null : read.of(REDIRECT_PORT),
                    read.orNull(REDIRECT_PATH),
                    read.orNull(REDIRECT_PREFIX)),
            List.of(STATUS, SCHEME, HOST, REDIRECT_PORT, REDIRECT_PATH, REDIRECT_PREFIX));

    private static final Key<Rewrite, String> REWRITE_HOST = Key.optional("host", Types.TEXT, Rewrite::host);
    private static final Key<Rewrite, String> REWRITE_PATH =
            Key.optional("path", Types.TEXT, Rewrite::path).doc(WHOLE);
    private static final Key<Rewrite, String> REWRITE_PREFIX =
            Key.optional("prefix", Types.TEXT, Rewrite::prefix).doc(PREFIX);

    static final Form<Rewrite> REWRITE = Form.of(
            "Rewrite",
            "",
            read -> new Rewrite(read.orNull(REWRITE_HOST), read.orNull(REWRITE_PATH), read.orNull(REWRITE_PREFIX)),
            List.of(REWRITE_HOST, REWRITE_PATH, REWRITE_PREFIX));

    private static final Key<RoutePart, Rewrite> PART_REWRITE = Key.optional(
                    "rewrite", REWRITE.type().orOff(null), RoutePart::rewrite)
            .absent("the route's")
            .doc("Of this part, instead of the route's");

    private static final Key<RoutePart, UpstreamTls> PART_TLS = Key.optional(
                    "tls", UpstreamTlsForm.FORM.type().orOff(null), RoutePart::tls)
            .doc("With `address` and `terminate`: how the gateway speaks TLS to it");

    static final Form<RoutePart> PART = Form.of(
            "RoutePart",
            "",
            read -> new RoutePart(
                    read.orNull(PART_SERVICE),
                    read.of(WEIGHT),
                    read.of(PART_PORT),
                    read.orNull(PART_STATUS),
                    read.of(PART_HEADERS),
                    read.orNull(PART_ADDRESS),
                    read.orNull(PART_REWRITE),
                    read.orNull(PART_TLS)),
            List.of(PART_SERVICE, WEIGHT, PART_PORT, PART_STATUS, PART_HEADERS, PART_ADDRESS, PART_REWRITE, PART_TLS));

    private static final Key<RouteMirror, ServiceId> MIRROR_SERVICE =
            Key.required("service", REFERENCE, RouteMirror::service);
    private static final Key<RouteMirror, String> LANE = Key.optional(
                    "lane", Types.TEXT.labelled("lane name"), RouteMirror::lane)
            .absent("the request's own")
            .doc("The lane that gets the copies, stamped with it; else they go where the request's own lane leads");
    private static final Key<RouteMirror, Integer> MIRROR_PORT =
            Key.optional("port", PORT_TYPE, RouteMirror::port).or(Port.ANY).doc(ONE_PORT);
    private static final Key<RouteMirror, Share> SHARE =
            Key.optional("share", Types.SHARE, RouteMirror::share).or(Share.ALL);

    static final Form<RouteMirror> MIRROR = Form.of(
            "RouteMirror",
            "",
            read -> new RouteMirror(read.of(MIRROR_SERVICE), read.orNull(LANE), read.of(MIRROR_PORT), read.of(SHARE)),
            List.of(MIRROR_SERVICE, LANE, MIRROR_PORT, SHARE));

    private static final Key<ClientAuthorities, String> AUTHORITIES = Key.optional(
                    "authorities", Types.TEXT.labelled("certificates in PEM"), RouteActionForms::authorities)
            .absent("no client is taken")
            .doc("What theirs must chain to");
    private static final Key<ClientAuthorities, Boolean> OPTIONAL = Key.optional(
                    "optional", Types.BOOLEAN, ClientAuthorities::optional)
            .or(false)
            .doc("Takes clients without one, or with another, too; services are not told who these are");

    static final Form<ClientAuthorities> CLIENTS = Form.of(
            "ClientAuthorities",
            "",
            read -> new ClientAuthorities(Objects.requireNonNullElse(read.orNull(AUTHORITIES), ""), read.of(OPTIONAL)),
            List.of(AUTHORITIES, OPTIONAL));

    private RouteActionForms() {}

    private static @Nullable String authorities(ClientAuthorities clients) {
        return clients.authorities().isEmpty() ? null : clients.authorities();
    }
}
