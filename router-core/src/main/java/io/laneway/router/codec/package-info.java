/**
 * The document form of a lane table, its objects and its changes: YAML in files, JSON on the wire, one shape. A form for
 * each kind of object comes in; rules over several objects belong into check. Uses documents, the model and checks;
 * {@link io.laneway.router.codec.TableReader} and {@link io.laneway.router.codec.TableWriter} are the entrances.
 */
@NullMarked
package io.laneway.router.codec;

import org.jspecify.annotations.NullMarked;
