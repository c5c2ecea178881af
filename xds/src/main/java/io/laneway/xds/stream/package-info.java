/**
 * Streams of discovery: requests of nodes come in, responses go out, and what each node took up or refused is kept. Uses
 * resource; knows no network: a stream is an {@code Outlet}.
 */
@NullMarked
package io.laneway.xds.stream;

import org.jspecify.annotations.NullMarked;
