package io.laneway.control.join;

/** A machine that joined cannot be reached now. */
final class NotReached extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotReached(String why) {
        super(why);
    }
}
