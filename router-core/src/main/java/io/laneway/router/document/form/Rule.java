package io.laneway.router.document.form;

import io.laneway.router.document.fields.Fields;

/** What is to be true of several keys of a form at once, where the object itself cannot say at which key it is wrong. */
@FunctionalInterface
public interface Rule<T> {

    /** Adds a problem to the fields where it does not hold; they say what is there, the values what was read of it. */
    void check(Fields fields, Read<T> read);
}
