/** What a person types: one class a command, without knowledge of how the calls travel. */
@NullMarked
package io.laneway.cli.command;

import org.jspecify.annotations.NullMarked;
