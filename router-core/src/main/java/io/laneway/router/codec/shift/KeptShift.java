package io.laneway.router.codec.shift;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.form.Key;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Sequence;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shift as a call puts it: what its document leaves out of {@code enabled}, {@code tenant}, and of a named environment
 * out of {@code tenants} and {@code requests}, stays as it was. Stateless.
 */
public final class KeptShift {

    private KeptShift() {}

    /** The shift that was read of a document, with what it leaves out from another one. */
    public static Shift of(Shift read, Node document, Shift current) {
        boolean enabled = has(document, ShiftForm.ENABLED) ? read.enabled() : current.enabled();
        var tenant = has(document, ShiftForm.TENANT) ? read.tenant() : current.tenant();
        Node list = document.nearest(ShiftForm.ENVIRONMENTS.name());
        boolean whole = list instanceof Sequence written
                && written.items().size() == read.environments().size();
        List<Environment> environments = new ArrayList<>();
        for (int i = 0; i < read.environments().size(); i++) {
            Environment one = read.environments().get(i);
            Environment known = known(current, one.lane());
            // Where one was too broken to be made, the shift is not used, and the others have other indexes.
            environments.add(
                    known == null || !whole
                            ? one
                            : of(one, ((Sequence) list).items().get(i), known));
        }
        return new Shift(read.name(), enabled, tenant, environments);
    }

    private static Environment of(Environment read, Node document, Environment known) {
        var pins = has(document, EnvironmentForm.TENANTS) ? read.tenants() : known.tenants();
        return new Environment(read.lane(), read.share(), pins, read.slots(), requests(read, document, known));
    }

    private static SlotShare requests(Environment read, Node document, Environment known) {
        SlotShare before = known.requests();
        var share = has(document, EnvironmentForm.REQUESTS) ? read.requests().share() : before.share();
        if (has(document, EnvironmentForm.REQUEST_SLOTS)) {
            return new SlotShare(share, read.requests().slots());
        }
        return share.equals(before.share()) ? before : new SlotShare(share, null);
    }

    private static boolean has(Node document, Key<?, ?> key) {
        return Fields.of(document, Problems.lenient()).has(key.name());
    }

    private static @Nullable Environment known(Shift current, String lane) {
        String slug = Slug.of(lane);
        for (Environment one : current.environments()) {
            if (Slug.of(one.lane()).equals(slug)) {
                return one;
            }
        }
        return null;
    }
}
