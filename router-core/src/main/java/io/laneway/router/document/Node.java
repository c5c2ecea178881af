package io.laneway.router.document;

/** A value in a document, with its place. Immutable. */
public sealed interface Node permits Scalar, Sequence, Mapping {

    /** Where it stands. */
    Place place();

    /** What stands there, for messages, such as {@code the number 5} or {@code a list}. */
    String described();

    /** The node at a path below this one such as {@code lanes[2].name}, or the nearest one around it that exists. */
    default Node nearest(String path) {
        return Paths.nearest(this, path);
    }
}
