/**
 * JWTs of an OIDC issuer: its keys, the claims of a token, and the principal that follows from both. Tokens come in, which
 * are never kept or logged. Uses {@code auth}'s principals and roles; fetches keys and nothing else.
 */
@NullMarked
package io.laneway.control.auth.oidc;

import org.jspecify.annotations.NullMarked;
