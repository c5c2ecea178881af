/** The doors between the modules: where tables and deployments come from, and who may change them. */
@NullMarked
package io.laneway.router.source;

import org.jspecify.annotations.NullMarked;
