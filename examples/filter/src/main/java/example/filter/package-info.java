/** Filters of one's own: one that decides at once, and one that looks at bodies on threads of its own. */
@NullMarked
package example.filter;

import org.jspecify.annotations.NullMarked;
