/**
 * Who may call the API, and what each may do: bearer tokens, JWTs, client certificates, roles, lanes. Credentials come in,
 * a {@link io.laneway.control.auth.Principal} goes out, or {@link io.laneway.control.auth.Denied}. Uses {@code store} for
 * tokens.
 */
@NullMarked
package io.laneway.control.auth;

import org.jspecify.annotations.NullMarked;
