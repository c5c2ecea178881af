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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.Map;
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
                        ? page(410, "Nothing to renew", gone(call))
                        : page(
                                200,
                                "Renew lane " + lane.name(),
                                "<p>Lane <b>" + escaped(lane.name()) + "</b> ends at " + life.ends(lane)
                                        + ".</p><form method=\"post\"><button>Renew it</button></form>"));
    }

    private Future<Reply> renew(Call call) {
        Lane lane = sealed(call);
        if (lane == null) {
            return Future.succeededFuture(page(410, "Nothing to renew", gone(call)));
        }
        Call sealed = call.as(Principal.byLink("renew link", Role.RELEASER, lane.name()));
        return lanes.renew(sealed)
                .map(done -> page(
                        200,
                        "Lane " + lane.name() + " is renewed",
                        "<p>Lane <b>" + escaped(lane.name()) + "</b> is active.</p>"));
    }

    private String gone(Call call) {
        Lane lane = editor.state().objects().lane(call.path("lane"));
        return lane == null
                ? "<p>The lane is gone.</p>"
                : "<p>Since this link was sent, the lane was used, changed or renewed. It is "
                        + lane.state().word() + ".</p>";
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

    private static Reply page(int status, String title, String body) {
        String html = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\""
                + " content=\"width=device-width\"><title>" + escaped(title) + "</title><h1>" + escaped(title) + "</h1>"
                + body + "</html>\n";
        Map<String, String> headers = Map.of(
                "content-security-policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
                "referrer-policy", "no-referrer");
        return new Reply(status, "text/html; charset=utf-8", Buffer.buffer(html), headers);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
