/**
 * The neutral head: method, target, authority and header lines of a message over one byte array in HTTP/1.1 line form,
 * whatever protocol brought it, so that everything behind the codecs is protocol-blind.
 */
@NullMarked
package io.laneway.gateway.protocol.head;

import org.jspecify.annotations.NullMarked;
