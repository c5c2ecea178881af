/**
 * A service as configured: its identity, and its deployments with their ports and endpoints. What a table can say of an
 * upstream comes in; what is learnt from traffic does not. Uses policy.
 */
@NullMarked
package io.laneway.router.model.service;

import org.jspecify.annotations.NullMarked;
