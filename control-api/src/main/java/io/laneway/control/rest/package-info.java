/**
 * The resources of the API, one file each: {@code table} for what the table holds, {@code operations} for the rest. A
 * resource reads a call, asks the package that knows, and writes a reply. {@code Resources} in the base package mounts them.
 */
@NullMarked
package io.laneway.control.rest;

import org.jspecify.annotations.NullMarked;
