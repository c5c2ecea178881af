/**
 * A parsed document: nodes that know their file, line and path, and the problems found at them. What every reader needs
 * comes in; nothing of a syntax and nothing of a certain document does. Uses the JDK alone.
 */
@NullMarked
package io.laneway.router.document.tree;

import org.jspecify.annotations.NullMarked;
