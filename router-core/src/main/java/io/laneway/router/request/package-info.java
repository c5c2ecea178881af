/**
 * What a decision may read of a request, whatever protocol brought it: authority, target, method, header lines and the
 * request's id. Readers over these come in; what they mean for a lane does not. Uses text and carriers.
 */
@NullMarked
package io.laneway.router.request;

import org.jspecify.annotations.NullMarked;
