package io.laneway.router.document.fields;

import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import org.jspecify.annotations.Nullable;

/** Makes a value of a node. */
@FunctionalInterface
public interface NodeReader<T> {

    /** Returns the value, or null after adding at least one problem. */
    @Nullable
    T read(Node node, Problems problems);
}
