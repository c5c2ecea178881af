/** Who may call the control API: bearer tokens, JWTs of an OIDC issuer, client certificates; and what each may do. */
@NullMarked
package io.laneway.control.auth;

import org.jspecify.annotations.NullMarked;
