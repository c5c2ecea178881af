/**
 * Documents that are imported, read so that nothing of them is lost in silence: a {@code Tracked} node remembers what of
 * it was taken, and a {@code Report} names the rest. What every import needs comes in; nothing of a certain proxy does.
 * Uses documents.
 */
@NullMarked
package io.laneway.k8s.imports.source;

import org.jspecify.annotations.NullMarked;
