/**
 * The form of a service: its deployments, their ports, endpoints and TLS. A key of these comes in; rules over several
 * objects belong into check. Uses the forms of a policy and the model.
 */
@NullMarked
package io.laneway.router.codec.service;

import org.jspecify.annotations.NullMarked;
