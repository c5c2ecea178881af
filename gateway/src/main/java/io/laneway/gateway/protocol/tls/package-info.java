/**
 * TLS on both sides: certificates read from PEM files, chosen by SNI, exchanged when their files change, and the
 * identity of peers. OpenSSL (BoringSSL) where its library loads, the JDK's own engine else.
 */
@NullMarked
package io.laneway.gateway.protocol.tls;

import org.jspecify.annotations.NullMarked;
