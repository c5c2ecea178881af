/**
 * Signed texts that requests come with again and again, such as tokens and links into lanes: once one was verified, it is
 * found by its bytes. It knows no kind of them.
 */
@NullMarked
package io.laneway.gateway.traffic.verified;

import org.jspecify.annotations.NullMarked;
