/**
 * The interfaces between modules: where tables and deployments come from, and who may change a table. An interface comes
 * in when one module offers what another uses; implementations stay in their modules. Uses the model and its changes.
 */
@NullMarked
package io.laneway.router.source;

import org.jspecify.annotations.NullMarked;
