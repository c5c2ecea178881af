/**
 * The form of an object in documents, defined once by its keys: reader, writer, defaults, JSON Schema and reference come from
 * one {@link io.laneway.router.document.form.Form}. A type of value comes in that several forms have; the keys of a certain
 * object belong to its form in codec. Uses {@code document.fields} and JSON's generator.
 */
@NullMarked
package io.laneway.router.document.form;

import org.jspecify.annotations.NullMarked;
