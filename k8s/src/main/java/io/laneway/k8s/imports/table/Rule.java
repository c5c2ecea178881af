package io.laneway.k8s.imports.table;

import io.laneway.router.document.tree.Location;

/** A rule of another proxy: what it asks for and what it does. Immutable. */
public record Rule(Location at, Match match, Action action) {}
