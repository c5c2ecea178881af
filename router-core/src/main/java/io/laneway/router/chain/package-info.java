/**
 * The hops of one request over several gateways, and who failed first. Facts of hops come in, a chain goes out.
 */
@NullMarked
package io.laneway.router.chain;

import org.jspecify.annotations.NullMarked;
