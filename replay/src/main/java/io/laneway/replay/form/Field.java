package io.laneway.replay.form;

/** A header or trailer field as it was on the wire (RFC 9110, 5). Immutable. */
public record Field(String name, String value) {

    /** Whether it has this name, whatever the case. */
    public boolean named(String other) {
        return name.equalsIgnoreCase(other);
    }
}
