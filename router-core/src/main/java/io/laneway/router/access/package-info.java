/**
 * Who may reach a process from beside it: the host names that its interfaces answer to, the files that only its user may
 * read, and of files that are read again their kind. What every process with an admin interface or a secret on disk needs
 * comes in; tokens and TLS do not. Uses the JDK alone.
 */
@NullMarked
package io.laneway.router.access;

import org.jspecify.annotations.NullMarked;
