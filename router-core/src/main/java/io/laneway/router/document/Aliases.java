package io.laneway.router.document;

import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.document.tree.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies what YAML aliases point at to where they stand, up to a bound. Confined to one thread. */
final class Aliases {

    /** How many nodes the aliases of one document may stand for. */
    static final int MAX = 100_000;

    private int copied;

    /** The same values at another place, with the lines of the original; null if that is too much. */
    @Nullable
    Node copy(Node node, Location location) {
        if (++copied > MAX) {
            return null;
        }
        if (node instanceof Scalar scalar) {
            return new Scalar(location, scalar.kind(), scalar.text(), scalar.quoted());
        }
        return node instanceof Sequence list ? list(list, location) : mapping((Mapping) node, location);
    }

    private @Nullable Node list(Sequence list, Location location) {
        List<Node> items = new ArrayList<>();
        for (Node item : list.items()) {
            Node copy = copy(item, location.item(items.size(), item.location().line()));
            if (copy == null) {
                return null;
            }
            items.add(copy);
        }
        return new Sequence(location, items);
    }

    private @Nullable Node mapping(Mapping mapping, Location location) {
        Map<String, Node> members = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : mapping.members().entrySet()) {
            Node member = entry.getValue();
            Node copy = copy(
                    member, location.member(entry.getKey(), member.location().line()));
            if (copy == null) {
                return null;
            }
            members.put(entry.getKey(), copy);
        }
        return new Mapping(location, members);
    }
}
