package io.laneway.replay.json;

/** That a document has another value than it has to have; both texts are for a person. */
public final class UnexpectedJson extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String expected;

    public UnexpectedJson(String what, String expected) {
        super(what);
        this.expected = expected;
    }

    /** What is wrong, with its place in the document. */
    public String what() {
        return String.valueOf(getMessage());
    }

    /** What was expected there. */
    public String expected() {
        return expected;
    }
}
