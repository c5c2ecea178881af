package io.laneway.replay.redact;

/** Redacts a text whose form is not known: JSON, an address, a form, or prose. */
interface NestedText {

    /** How deep texts may lie in one another; what is deeper is replaced whole. */
    int MAX_DEPTH = 6;

    /**
     * The text without its secrets.
     *
     * @param place for a person, such as {@code request.body.$.url}
     * @param depth how many texts this one lies in
     */
    String redact(String text, String place, int depth);
}
