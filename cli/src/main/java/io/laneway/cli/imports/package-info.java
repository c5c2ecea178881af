/**
 * {@code laneway import}: other proxies' configuration as a lane table, with a report of every line that is not in it.
 * Reads files and prints; what they mean is {@code io.laneway.k8s.imports}'.
 */
@NullMarked
package io.laneway.cli.imports;

import org.jspecify.annotations.NullMarked;
