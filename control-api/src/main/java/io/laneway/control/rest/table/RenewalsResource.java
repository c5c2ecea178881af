package io.laneway.control.rest.table;

import io.laneway.control.auth.Principal;
import io.laneway.control.auth.Role;
import io.laneway.control.edit.Editor;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.control.http.message.Reply;
import io.laneway.control.lane.LaneLife;
import io.laneway.control.lane.RenewSeal;
import io.laneway.control.table.Refusal;
import io.laneway.router.model.Lane;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/renewals/{lane}}: the page behind the link that webhooks get. Reading it changes nothing, since chat
 * programs fetch links by themselves; its button renews. The seal of the link takes the place of a token.
 */
public final class RenewalsResource {

    private static final String PATH = "/v1/renewals/{lane}{?ends,seal}";

    private final Editor editor;
    private final LanesResource lanes;
    private final LaneLife life;
    private final RenewSeal seal;

    public RenewalsResource(Editor editor, LanesResource lanes, LaneLife life, RenewSeal seal) {
        this.editor = editor;
        this.lanes = lanes;
        this.life = life;
        this.seal = seal;
    }

    /** Adds its routes. */
    public void mount(Routes routes) {
        routes.open(HttpMethod.GET, PATH, this::ask);
        routes.open(HttpMethod.POST, PATH, this::renew);
    }

    private Future<Reply> ask(Call call) {
        Lane lane = sealed(call);
        return Future.succeededFuture(
                lane == null
                        ? over(call)
                        : RenewalPage.ask(lane.name(), life.ends(lane).toString()));
    }

    private Future<Reply> renew(Call call) {
        Lane lane = sealed(call);
        if (lane == null) {
            return Future.succeededFuture(over(call));
        }
        Call sealed = call.as(Principal.byLink("renew link", Role.RELEASER, lane.name()));
        return lanes.renew(sealed).map(done -> RenewalPage.renewed(lane.name()));
    }

    private Reply over(Call call) {
        Lane lane = editor.state().objects().lane(call.path("lane"));
        return lane == null
                ? RenewalPage.gone()
                : RenewalPage.changed(lane.state().word());
    }

    /** The lane of a link that holds; null where what it was sent for is over. */
    private @Nullable Lane sealed(Call call) {
        String name = call.path("lane");
        long at = call.number("ends", 0, 0, Long.MAX_VALUE);
        String given = call.query("seal");
        Instant ends = Instant.ofEpochMilli(at);
        if (given == null || !seal.holds(name, ends, given)) {
            throw Refusal.absent("renewal of lane " + name + " by this link");
        }
        Lane lane = editor.state().objects().lane(name);
        Instant now = lane == null ? Instant.MAX : life.ends(lane);
        return now.equals(Instant.MAX) || now.toEpochMilli() != at ? null : lane;
    }
}
