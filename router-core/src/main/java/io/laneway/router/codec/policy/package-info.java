/**
 * The document form of a service's policy, a class for each group of its keys. A key of a policy comes in here and in
 * its record in {@code policy}, and nowhere else. Uses documents and the policy's records.
 */
@NullMarked
package io.laneway.router.codec.policy;

import org.jspecify.annotations.NullMarked;
