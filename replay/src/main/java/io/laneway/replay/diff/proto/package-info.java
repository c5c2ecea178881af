/**
 * Reads messages of protobuf by a descriptor set. Bytes come in, trees go out. The only package with a runtime of
 * protobuf; without a descriptor set none of its classes is loaded.
 */
@NullMarked
package io.laneway.replay.diff.proto;

import org.jspecify.annotations.NullMarked;
