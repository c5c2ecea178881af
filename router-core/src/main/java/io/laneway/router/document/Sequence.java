package io.laneway.router.document;

import java.util.List;

/** A list of nodes. Immutable. */
public record Sequence(Place place, List<Node> items) implements Node {

    public Sequence {
        items = List.copyOf(items);
    }

    @Override
    public String described() {
        return "a list";
    }
}
