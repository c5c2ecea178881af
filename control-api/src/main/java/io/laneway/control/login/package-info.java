/**
 * Browsers log in at an OIDC issuer, by an authorization code with PKCE, and this API keeps the tokens from them: a browser
 * has a sealed cookie alone. Uses {@code auth} and {@code http}; only this package speaks to the issuer's endpoints.
 */
@NullMarked
package io.laneway.control.login;

import org.jspecify.annotations.NullMarked;
