package io.laneway.control.shift;

import io.laneway.control.table.Refusal;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.shift.ShiftChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shift as a client wants it: what is left out keeps its value. Immutable. Slots are not for clients to say: they
 * follow from the shares and from who owns which now.
 */
public final class ShiftPatch {

    private final String name;
    private final Mapping document;

    private ShiftPatch(String name, Mapping document) {
        this.name = name;
        this.document = document;
    }

    /** Reads a patch; what is wrong with it whatever the shift is now, is a problem. */
    public static @Nullable ShiftPatch read(String name, Node node, Problems problems) {
        if (!(node instanceof Mapping mapping)) {
            Fields.of(node, problems);
            return null;
        }
        return TableReader.shift(mapping, name, null, problems) == null ? null : new ShiftPatch(name, mapping);
    }

    /** The shift after this patch. */
    public Shift applyTo(@Nullable Shift old) {
        Problems problems = Problems.strict();
        Shift wanted = TableReader.shift(document, name, old, problems);
        if (wanted == null) {
            throw new Refusal(Refusal.Kind.UNSOUND, problems.toString(), problems.list());
        }
        boolean environments = document.members().containsKey("environments");
        List<Environment> named = environments || old == null ? wanted.environments() : old.environments();
        List<ShiftChange.Wanted> list = new ArrayList<>();
        named.forEach(e -> list.add(new ShiftChange.Wanted(
                e.lane(), e.share(), e.tenants(), e.requests().share())));
        return new ShiftChange(list, wanted.enabled(), wanted.tenant())
                .applyTo(name, old)
                .orElseThrow(problem ->
                        new Refusal(Refusal.Kind.UNSOUND, problem, List.of(Problem.at("environments", problem, ""))));
    }
}
