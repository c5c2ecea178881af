package io.laneway.router.document.tree;

import java.util.List;

/** A list of nodes. Immutable. */
public record Sequence(Location location, List<Node> items) implements Node {

    public Sequence {
        items = List.copyOf(items);
    }

    @Override
    public String described() {
        return "a list";
    }
}
