/**
 * Rules of another proxy, in the order in which it tries them, put together into a lane table that takes the same
 * decisions. What is alike in all imports comes in: lanes among the rules, their order, services and their names. Uses
 * the model and {@code imports.source}.
 */
@NullMarked
package io.laneway.k8s.imports.table;

import org.jspecify.annotations.NullMarked;
