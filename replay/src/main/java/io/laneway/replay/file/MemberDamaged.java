package io.laneway.replay.file;

/** That a gzip member is not as it was written; both texts are for a person. */
final class MemberDamaged extends Exception {

    private static final long serialVersionUID = 1L;

    private final String expected;

    MemberDamaged(String what, String expected) {
        super(what, null, false, false);
        this.expected = expected;
    }

    String expected() {
        return expected;
    }
}
