/**
 * Documents as trees of nodes that know their place: YAML or JSON bytes in, typed values or {@link
 * io.laneway.router.document.Problem}s out, never an exception. Reading goes in three steps: {@link
 * io.laneway.router.document.Documents} parses, {@link io.laneway.router.document.Variables} fills in {@code ${VAR}}
 * where that is wanted, and {@link io.laneway.router.document.Fields} reads one mapping key by key.
 */
@NullMarked
package io.laneway.router.document;

import org.jspecify.annotations.NullMarked;
