package io.laneway.router.decision;

import io.laneway.router.carrier.CarrierNames;
import io.laneway.router.carrier.HostPattern;
import io.laneway.router.carrier.Pairs;
import io.laneway.router.carrier.Percent;
import io.laneway.router.request.HeaderLines;
import io.laneway.router.request.RequestView;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import io.laneway.router.text.SlugBytes;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lane that a request asks for by a marker. Confined to one thread. docs/concepts/decision.md#requested-lane.
 */
final class RequestedLane {

    private static final String SERVICE_LANE = "service.lane";

    private final Slice value = new Slice();
    private final Slice line = new Slice();
    private final Percent percent = new Percent();
    private final SlugBytes slug = new SlugBytes();

    /** Whose carriers are being looked at, and the lane that the request was granted there. */
    private @Nullable ListenerTraits by;

    private @Nullable String granted;

    /** Whether a stamp or a carrier asks for a lane. */
    boolean carried(
            CompiledTable<?, ?> table,
            ListenerTraits listener,
            RequestView request,
            Slice host,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        boolean internal = listener.internal();
        if (internal && stamped(table, listener, request, into, trace)) {
            return true;
        }
        if (!listener.lanes()) {
            if (trace != null) {
                trace.step(DecisionStep.Kind.CARRIER, "the listener has lanes off: branch carriers are ignored");
            }
            return false;
        }
        if (trace != null && trace.lane != null) {
            value.set(trace.lane.array(), trace.lane.offset(), trace.lane.length());
            if (take(table, Origin.QUESTION, "", into, trace)) {
                return true;
            }
        }
        limit(listener, request);
        return byCarrier(table, request, host, internal, into, trace)
                || (internal
                        ? byName(table, host, into, trace)
                        : byOrigin(table, table.carriers(), request, into, trace));
    }

    /** @param stampRead whether the stamp was looked at before, so that it is none of the carriers */
    private boolean byCarrier(
            CompiledTable<?, ?> table,
            RequestView request,
            Slice host,
            boolean stampRead,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        CarrierNames names = table.carriers();
        return byHeader(table, names, request, stampRead, into, trace)
                || byQuery(table, names, request, into, trace)
                || byCookie(table, names, request, into, trace)
                || byBaggage(table, names, request, stampRead, into, trace)
                || byHost(table, names, host, null, into, trace);
    }

    /**
     * Notes whether a listener with lanes off ignores a carrier that stays on the request, which listeners further in would
     * obey: internal ones {@code service.lane}, external ones the page's lane host. The stamp is none of these: it is written
     * over in any case.
     */
    void ignored(
            CompiledTable<?, ?> table,
            ListenerTraits listener,
            RequestView request,
            Slice host,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        limit(listener, request);
        var unused = byCarrier(table, request, host, true, into, trace)
                || byOrigin(table, table.carriers(), request, into, trace)
                || (table.placeByLane(host, value) >= 0 && take(table, Origin.HOST, SERVICE_LANE, into, trace));
    }

    private void limit(ListenerTraits listener, RequestView request) {
        by = listener;
        granted = listener.signed() ? request.grantedLane() : null;
    }

    /** Whether carriers count only if they name the granted lane; with lanes off none is granted. */
    private boolean limited() {
        return by != null && (by.signed() || !by.lanes());
    }

    /** Whether a host that nothing but a host pattern of lanes matches is taken for the host without the lane. */
    boolean mayNameByHost(CompiledTable<?, ?> table, ListenerTraits listener, RequestView request, Slice host) {
        limit(listener, request);
        if (!listener.signed()) {
            return listener.lanes();
        }
        for (HostPattern pattern : table.carriers().hosts()) {
            if (granted != null && pattern.match(host, value)) {
                return isGranted(find(table, value));
            }
        }
        return false;
    }

    private boolean isGranted(@Nullable LaneEntry lane) {
        return lane != null && lane.slug().equals(granted);
    }

    /** Whether the listener's default lane is an environment of the service's shift, which ranks after the tenant. */
    boolean defaultIsEnvironment(CompiledTable<?, ?> table, ListenerTraits listener, Decision<?, ?> into) {
        Slice lane = listener.defaultLane();
        if (lane == null || into.shift == null) {
            return false;
        }
        LaneEntry entry = find(table, lane);
        return entry != null && into.shift.hasEnvironment(entry);
    }

    /** Whether configuration has a lane for a request that carries none. */
    boolean configured(
            @Nullable Slice lane,
            CompiledTable<?, ?> table,
            Origin origin,
            Object where,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        if (lane == null) {
            return false;
        }
        value.set(lane.array(), lane.offset(), lane.length());
        return take(table, origin, where, into, trace);
    }

    /** By the lane of the request's trace; with lanes off or signed, as with stamps, only one that came from a tenant. */
    boolean recalled(
            LaneRecall recall,
            CompiledTable<?, ?> table,
            ListenerTraits listener,
            RequestView request,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        if (!recall.recall(request, value)
                || ((!listener.lanes() || listener.signed()) && recall.assigned() == Assigned.NO)) {
            return false;
        }
        boolean taken = take(table, Origin.MEMORY, "", into, trace);
        into.assigned = taken ? recall.assigned() : Assigned.NO;
        return taken;
    }

    /** With lanes off only a stamp that came from a tenant counts, so that the whole chain keeps its environment. */
    private boolean stamped(
            CompiledTable<?, ?> table,
            ListenerTraits listener,
            RequestView request,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        boolean header = named(table, request, CarrierNames.STAMP);
        if (!header && !member(request, CarrierNames.STAMP_MEMBER)) {
            return false;
        }
        Assigned assigned = assigned(request);
        if (!listener.lanes() && assigned == Assigned.NO) {
            return false;
        }
        boolean taken = take(table, Origin.STAMP, header ? "header" : "baggage", into, trace);
        if (!taken && header && member(request, CarrierNames.STAMP_MEMBER)) {
            taken = take(table, Origin.STAMP, "baggage", into, trace);
        }
        if (taken) {
            into.assigned = assigned;
        }
        return taken;
    }

    private Assigned assigned(RequestView request) {
        if (!request.header(CarrierNames.ASSIGNED, line)) {
            return Assigned.NO;
        }
        return Assigned.of(line);
    }

    private boolean byHeader(
            CompiledTable<?, ?> table,
            CarrierNames names,
            RequestView request,
            boolean stampRead,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        for (HeaderName name : names.headers(stampRead)) {
            if (named(table, request, name) && take(table, Origin.HEADER, name, into, trace)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Points {@link #value} at the first lane that a header names. Several lines and one list are the same (RFC 9110 section
     * 5.3), so it is the first member that is not empty, or a whole line where a lane is called so, comma and all.
     */
    private boolean named(CompiledTable<?, ?> table, RequestView request, HeaderName name) {
        for (int n = 0; request.header(name, n, value); n++) {
            if (value.length() > 0 && (!Pairs.isList(value) || isName(table) || Pairs.first(value, value))) {
                return true;
            }
        }
        return false;
    }

    private boolean isName(CompiledTable<?, ?> table) {
        LaneEntry lane = find(table, value);
        return lane != null
                && Arrays.equals(
                        value.array(),
                        value.offset(),
                        value.offset() + value.length(),
                        lane.nameBytes(),
                        0,
                        lane.nameBytes().length);
    }

    private boolean byQuery(
            CompiledTable<?, ?> table,
            CarrierNames names,
            RequestView request,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        if (names.queries().length == 0) {
            return false;
        }
        request.target(line);
        for (byte[] name : names.queries()) {
            if (Pairs.query(line, name, value)) {
                percent.decode(value, true);
                if (take(table, Origin.QUERY, name, into, trace)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean byCookie(
            CompiledTable<?, ?> table,
            CarrierNames names,
            RequestView request,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        if (names.cookies().length == 0 || !request.header(CarrierNames.COOKIE, line)) {
            return false;
        }
        for (byte[] name : names.cookies()) {
            if (HeaderLines.cookie(request, name, line, value)) {
                percent.decode(value, false);
                if (take(table, Origin.COOKIE, name, into, trace)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean byBaggage(
            CompiledTable<?, ?> table,
            CarrierNames names,
            RequestView request,
            boolean stampRead,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        for (byte[] name : names.members(stampRead)) {
            if (member(request, name) && take(table, Origin.BAGGAGE, name, into, trace)) {
                return true;
            }
        }
        return false;
    }

    /** @param where what names the lane, null for the pattern that matches */
    private boolean byHost(
            CompiledTable<?, ?> table,
            CarrierNames names,
            Slice host,
            @Nullable Object where,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        for (HostPattern pattern : names.hosts()) {
            if (pattern.match(host, value) && take(table, Origin.HOST, where == null ? pattern : where, into, trace)) {
                return true;
            }
        }
        return false;
    }

    /** The lane host of the page that asks another host: a preflight has nothing else to name its lane with. */
    private boolean byOrigin(
            CompiledTable<?, ?> table,
            CarrierNames names,
            RequestView request,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        return names.hosts().length > 0
                && request.header(CarrierNames.ORIGIN, line)
                && Origins.host(line, line)
                && byHost(table, names, line, Origins.WORD, into, trace);
    }

    /** {@code service.lane}, where the service has no namespace that this could be. */
    private boolean byName(CompiledTable<?, ?> table, Slice host, Decision<?, ?> into, @Nullable DecisionTrace trace) {
        ServiceEntry<?, ?> service = into.service;
        if (service == null || service.service().id().namespace() != null) {
            return false;
        }
        int place = table.placeByLane(host, value);
        return place >= 0 && table.service(place) == service && take(table, Origin.HOST, SERVICE_LANE, into, trace);
    }

    private boolean member(RequestView request, byte[] name) {
        if (!HeaderLines.baggage(request, name, line, value)) {
            return false;
        }
        percent.decode(value, false);
        return true;
    }

    /** Takes {@link #value} as the requested lane, unless it says nothing or holds control characters. */
    private boolean take(
            CompiledTable<?, ?> table,
            Origin origin,
            Object where,
            Decision<?, ?> into,
            @Nullable DecisionTrace trace) {
        if (value.length() == 0) {
            return false;
        }
        LaneEntry lane = table.lane(value.array(), value.offset(), value.length());
        if (lane == null) {
            int length = slug.of(value.array(), value.offset(), value.length());
            if (length <= 0) {
                if (trace != null) {
                    StepTexts.absent(trace, origin, where);
                }
                return false;
            }
            lane = table.lane(slug.buffer(), 0, length);
            if (lane == null && !(limited() && origin.isCarrier())) {
                into.unknown(slug.buffer(), length);
            }
        }
        if (limited() && origin.isCarrier() && !isGranted(lane)) {
            into.ignored = true;
            if (trace != null && by != null) {
                StepTexts.ignored(trace, origin, where, value, by);
            }
            return false;
        }
        into.requested = lane;
        into.origin = origin;
        into.where = where;
        if (trace != null) {
            StepTexts.requested(trace, into, where);
        }
        return true;
    }

    private @Nullable LaneEntry find(CompiledTable<?, ?> table, Slice name) {
        LaneEntry lane = table.lane(name.array(), name.offset(), name.length());
        if (lane != null) {
            return lane;
        }
        int length = slug.of(name.array(), name.offset(), name.length());
        return length <= 0 ? null : table.lane(slug.buffer(), 0, length);
    }
}
