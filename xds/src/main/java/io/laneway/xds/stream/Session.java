package io.laneway.xds.stream;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.laneway.router.source.TableServer.Follower;
import io.laneway.xds.resource.Changes;
import io.laneway.xds.resource.ResourceType;
import io.laneway.xds.resource.Traits;
import io.laneway.xds.resource.View;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of a node: its subscriptions, and the revision that it took up. At most one response of a type is under way, so
 * that a slow client gets the newest state and no queue; a type is held back while one that it refers to is not taken up, so
 * that no route leads to a cluster that a client does not have. Confined to the hub's thread.
 *
 * @param <Q> requests
 * @param <S> responses
 */
final class Session<Q, S> {

    private static final Logger log = LoggerFactory.getLogger(Session.class);

    private static final int MAX_ID = 190;
    /** Of one type: more than twenty times what the largest table has. */
    private static final int MAX_NAMES = 500_000;

    private final Hub hub;
    private final Wire<Q, S> wire;
    private final Outlet<S> outlet;
    private final String address;
    private final Map<ResourceType, Subscription> subscriptions = new EnumMap<>(ResourceType.class);
    private @Nullable Node node;
    private @Nullable Traits traits;
    private @Nullable View view;
    private String version = "";
    private @Nullable Follower follower;
    /** Whether the hub was given its follower. */
    private boolean given;

    private long applied;
    private long nonces;
    private boolean closed;

    Session(Hub hub, Wire<Q, S> wire, Outlet<S> outlet, String address) {
        this.hub = hub;
        this.wire = wire;
        this.outlet = outlet;
        this.address = address;
    }

    /** Takes a request. */
    void request(Q request) {
        if (closed || !introduced(wire.node(request))) {
            return;
        }
        ResourceType type = ResourceType.of(wire.type(request));
        if (type == null) {
            return;
        }
        Subscription subscription = subscriptions.get(type);
        boolean begins = subscription == null;
        if (subscription == null) {
            subscription = new Subscription(type);
            subscriptions.put(type, subscription);
        }
        String nonce = wire.nonce(request);
        log.atDebug()
                .addKeyValue("node", this::id)
                .addKeyValue("type", type)
                .addKeyValue("nonce", nonce)
                .addKeyValue("names", () -> wire.names(request))
                .addKeyValue("refusal", () -> wire.refusal(request))
                .log("request");
        boolean newest = subscription.newest(nonce);
        if (newest && subscription.waits()) {
            String refusal = wire.refusal(request);
            subscription.answered(refusal);
            if (!refusal.isEmpty()) {
                hub.refusals().add(id(), type);
            }
        }
        // What a client says of an older response is out of date; it says it again of the newest one.
        if (begins || newest || wire.countsStale() || nonce.isEmpty()) {
            wire.subscribe(subscription, request, begins);
        }
        if (subscription.names().size() > MAX_NAMES) {
            refuse("resource names: more than " + MAX_NAMES + " of " + type.url() + " (expected: what is used)");
            return;
        }
        flush();
    }

    private boolean introduced(Node said) {
        if (node == null) {
            if (said.getId().isEmpty()) {
                refuse("node.id: '' (expected: the name of this client, different from that of any other)");
                return false;
            }
            if (said.getId().length() > MAX_ID) {
                refuse("node.id: " + said.getId().length() + " characters (expected: at most " + MAX_ID + ")");
                return false;
            }
            try {
                Traits wanted = NodeTraits.of(said);
                view = hub.view(wanted);
                traits = wanted;
            } catch (IllegalArgumentException e) {
                refuse("node.metadata.laneway." + e.getMessage());
                return false;
            }
            node = said;
            version = NodeTraits.version(said);
            follower = following();
            hub.arrived(this);
        }
        return true;
    }

    private void refuse(String why) {
        closed = true;
        outlet.refuse(why);
    }

    /** Takes note of resources that changed, and since when; sends what may be sent. */
    void changed(Changes changes, long since) {
        subscriptions.values().forEach(each -> each.changed(changes, since));
        flush();
    }

    private void flush() {
        View of = view;
        if (of == null || closed) {
            return;
        }
        for (Subscription subscription : subscriptions.values()) {
            if (subscription.hasChanges() && !subscription.waits()) {
                S response = wire.response(subscription, of, String.valueOf(nonces + 1), hub.version());
                if (response != null) {
                    nonces++;
                    long from = subscription.sent(String.valueOf(nonces));
                    log.atDebug()
                            .addKeyValue("node", this::id)
                            .addKeyValue("type", subscription.type())
                            .addKeyValue("nonce", nonces)
                            .log("response");
                    outlet.send(response);
                    hub.sent(subscription.type(), from);
                }
            }
            if (subscription.waits() && subscription.type() != ResourceType.LISTENER) {
                break;
            }
        }
        settle();
    }

    /** With nothing under way and nothing refused, all of the newest revision is taken up. */
    private void settle() {
        boolean settled = true;
        for (Subscription each : subscriptions.values()) {
            settled &= !each.waits() && !each.hasChanges() && each.rejected().isEmpty();
        }
        if (settled && !subscriptions.isEmpty()) {
            applied = hub.revision();
        }
        if (!given || follower().revision() != applied || !follower().rejected().equals(rejected())) {
            given = true;
            follower = following();
            hub.settled(this);
        }
    }

    void close() {
        closed = true;
        if (node != null) {
            hub.left(this);
        }
    }

    /** Ends the stream from this side. */
    void end() {
        refuse("the control API is closing");
    }

    /** What it said of itself. */
    Traits traits() {
        return Objects.requireNonNull(traits, "traits");
    }

    String id() {
        return Objects.requireNonNull(node, "node").getId();
    }

    /** How far it was when that was last given to the hub. */
    Follower follower() {
        return Objects.requireNonNull(follower, "follower");
    }

    private Follower following() {
        return new Follower(id(), version, address, applied, rejected());
    }

    /** What the client refuses, empty for nothing. */
    private String rejected() {
        String rejected = "";
        for (Subscription each : subscriptions.values()) {
            if (!each.rejected().isEmpty()) {
                rejected = rejected.isEmpty() ? each.rejected() : rejected + "; " + each.rejected();
            }
        }
        return rejected;
    }
}
