/**
 * Documents from bytes to trees and back, YAML and JSON alike: whatever the bytes are, problems come out and never an
 * exception. What depends on a syntax comes in, and bounds on size; what a document means does not. Uses the parsers and
 * {@code document.tree}; {@link io.laneway.router.document.Documents} is the entrance.
 */
@NullMarked
package io.laneway.router.document;

import org.jspecify.annotations.NullMarked;
