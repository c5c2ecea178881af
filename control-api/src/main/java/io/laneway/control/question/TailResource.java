package io.laneway.control.question;

import io.laneway.control.auth.Denied;
import io.laneway.control.auth.Grants;
import io.laneway.control.auth.Role;
import io.laneway.control.http.Call;
import io.laneway.control.http.Routes;
import io.laneway.router.model.shift.Shift;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** {@code GET /v1/tail}: the requests of all gateways as they finish, as server-sent events. */
public final class TailResource {

    /** A reader that wants to read on comes again. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Questions questions;
    private final Grants grants;
    private final TenantNames names;

    /** @param shifts that there are now, which say where requests carry the names of tenants */
    public TailResource(Questions questions, Grants grants, Supplier<? extends Collection<Shift>> shifts) {
        this.questions = questions;
        this.names = new TenantNames(shifts);
        this.grants = grants;
    }

    /** Adds its route. */
    public void mount(Routes routes) {
        routes.stream("/v1/tail{?" + TailFilter.NAMES + "}", Set.of(Role.VIEWER), this::tail);
    }

    private void tail(Call call) {
        boolean knows = call.principal().covers(Role.RELEASER);
        if (!knows && call.query("tenant") != null) {
            throw Denied.insufficient(
                    "query parameter tenant: what comes would say whether a guessed name is a tenant's"
                            + " (expected: role releaser, or a tail without it)");
        }
        JsonObject filter = TailFilter.of(call).put("limit", TailReader.PER_SECOND);
        Context context = call.context().vertx().getOrCreateContext();
        UnaryOperator<JsonObject> shown = knows ? record -> record : names::hiddenLine;
        TailReader reader = new TailReader(context, call.context().response(), shown);
        call.context()
                .vertx()
                .executeBlocking(() -> begin(filter, reader), false)
                .onSuccess(fleet -> reader.open(fleet, LONGEST, grants.begin(call.principal(), reader::end)))
                .onFailure(call.context()::fail);
    }

    private Fleet begin(JsonObject filter, TailReader reader) {
        Fleet fleet = questions.fleet(QuestionKind.TAIL);
        String id = questions.ask(QuestionKind.TAIL, filter, LONGEST, reader);
        reader.left(() -> questions.end(id));
        return fleet;
    }
}
