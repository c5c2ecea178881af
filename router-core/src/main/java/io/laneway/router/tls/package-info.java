/**
 * Certificates, keys and authorities in PEM files that are renewed while they are in use. What reads and checks comes in;
 * contexts, engines and logs belong to those who use them. Uses the JDK alone.
 */
@NullMarked
package io.laneway.router.tls;

import org.jspecify.annotations.NullMarked;
