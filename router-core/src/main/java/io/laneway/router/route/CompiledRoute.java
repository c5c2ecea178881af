package io.laneway.router.route;

import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.request.Matchable;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Where a route leads. Immutable but for what a {@link RouteAttachment} keeps beside it. Safe for many threads. */
public final class CompiledRoute {

    /** The most particular first, as the Gateway API says: by method, by number of headers, by number of parameters. */
    static final Comparator<CompiledRoute> PARTICULAR = Comparator.comparing(
                    (CompiledRoute one) -> one.match().method() == null)
            .thenComparing(one -> -headers(one.match()))
            .thenComparing(one -> -query(one.match()));

    private final Route route;
    private final TrafficSplit split;
    private final boolean single;
    private final byte[] prefix;
    private final boolean acts;
    private final @Nullable Slice lane;
    private final @Nullable MatchConditions conditions;
    private final @Nullable CompiledRoute next;
    private volatile @Nullable Object kept;

    CompiledRoute(Route route, TrafficSplit split) {
        this(route, split, null);
    }

    private CompiledRoute(Route route, TrafficSplit split, @Nullable CompiledRoute next) {
        this.route = route;
        this.split = split;
        this.single = split.isSingle();
        this.prefix = prefix(route.path());
        this.acts = !route.action().isPlain();
        String named = route.action().lane();
        this.lane = named == null ? null : Slice.of(named);
        this.conditions = route.match().isPlain() ? null : new MatchConditions(route.match());
        this.next = next;
    }

    private static int headers(RouteMatch match) {
        return match.headers().size() + match.regex().headers().size();
    }

    private static int query(RouteMatch match) {
        return match.query().size() + match.regex().query().size();
    }

    /** The prefix as compared: without a slash at its end. */
    private static byte[] prefix(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end).getBytes(StandardCharsets.UTF_8);
    }

    /** The same, followed by another one for the same path, for requests that this one does not want. */
    CompiledRoute before(@Nullable CompiledRoute other) {
        return new CompiledRoute(route, split, other);
    }

    public Route route() {
        return route;
    }

    /** Which of its parts a request is for. */
    public int part(Matchable request) {
        return single ? 0 : split.part(request);
    }

    /** Which of its parts a connection is for, of which nothing is known that two gateways would agree on: by chance. */
    public int part(SplittableRandom random) {
        return single ? 0 : split.part(random.nextInt());
    }

    /** Where a part leads that names no service, such as {@code 10.0.0.7:8443}; null if it names none either. */
    public @Nullable String address(int part) {
        return split.address(part);
    }

    /** The place of a part's service in its table; negative for a redirection and for a response of the gateway's own. */
    public int service(int part) {
        return split.place(part);
    }

    /** The number of the port that a part means, 0 for what suits the request. */
    public int port(int part) {
        return split.port(part);
    }

    /** With which status the gateway answers a part itself, 0 where it leads to a service or redirects. */
    public int status(int part) {
        return split.status(part);
    }

    /** The number of a part among all that the route names. */
    public int number(int part) {
        return split.number(part);
    }

    /** How many bytes of the path to take off before forwarding; 0 for none. What remains may be empty, for {@code /}. */
    public int strip() {
        return route.stripPrefix() ? prefix.length : 0;
    }

    /** How long the prefix is, as compared: without a slash at its end. */
    public int prefixLength() {
        return prefix.length;
    }

    /** The lane of its requests that carry none; null if it says none. */
    public @Nullable Slice lane() {
        return lane;
    }

    /** Whether it does more than lead to a service. */
    public boolean acts() {
        return acts;
    }

    @Nullable
    Object kept() {
        return kept;
    }

    void keep(Object value) {
        kept = value;
    }

    byte[] prefix() {
        return prefix;
    }

    /** Whether it wants every request for its path. */
    boolean isPlain() {
        return conditions == null;
    }

    /** The first of this one and those behind it that wants the request, or null. */
    @Nullable
    CompiledRoute select(Matchable request, Slice target) {
        for (CompiledRoute one = this; one != null; one = one.next) {
            if (one.conditions == null || one.conditions.hold(request, target)) {
                return one;
            }
        }
        return null;
    }

    private RouteMatch match() {
        return route.match();
    }
}
