package io.laneway.control.join;

import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.JoinAddress;
import io.laneway.router.text.Slug;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One machine that serves a lane of one service. Immutable.
 *
 * @param id     of the join; of two, the later one is greater
 * @param target what is served
 * @param wish   what was asked for
 * @param who    joined
 * @param origin the address that the joiner comes from
 * @param since  when
 */
record Join(String id, Target target, Wish wish, String who, String origin, Instant since) {

    /**
     * What is served. Immutable.
     *
     * @param service as published
     * @param lane    the table's name, or that of the joiner where the table has none
     * @param made    the lane that there is for as long as the join lasts, null where the table has it
     * @param hides   whether the table has a deployment there
     */
    record Target(ServiceId service, String lane, @Nullable Lane made, boolean hides) {}

    /**
     * What a joiner asks for. Immutable.
     *
     * @param joiner  names the process, so that it is known again when it comes again; empty for one that is not
     * @param port    at which the machine is said to serve
     * @param replace whether a deployment or another join there is displaced
     * @param strict  whether a lane that does not fall back may be served
     */
    record Wish(String joiner, int port, Protocol protocol, boolean replace, boolean strict) {}

    Deployment deployment() {
        return Deployment.of(target.lane(), wish.protocol(), List.of(Endpoint.at(address())));
    }

    String address() {
        return JoinAddress.of(id, wish.port());
    }

    /** The service and lane, for people. */
    String subject() {
        return "service " + target.service() + " in lane " + target.lane();
    }

    boolean isOf(String lane) {
        return Slug.of(target.lane()).equals(Slug.of(lane));
    }

    boolean serves(Target other) {
        return target.service().equals(other.service()) && isOf(other.lane());
    }

    JsonObject shown() {
        return new JsonObject()
                .put("id", id)
                .put("service", target.service().toString())
                .put("lane", target.lane())
                .put("who", who)
                .put("origin", origin)
                .put("port", wish.port())
                .put("since", since.toString())
                .put("address", address())
                .put("replaces", target.hides());
    }
}
