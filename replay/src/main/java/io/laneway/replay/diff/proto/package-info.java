/**
 * Reads messages of protobuf by a descriptor set, without a runtime of protobuf. Bytes come in, trees go out.
 */
@NullMarked
package io.laneway.replay.diff.proto;

import org.jspecify.annotations.NullMarked;
