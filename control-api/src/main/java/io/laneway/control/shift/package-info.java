/**
 * What is changed in a shift, and how its slots follow: a patch, a switch of all tenants, one environment, a whole
 * document. Shifts as they are and what is wanted come in, shifts that fit or why not go out. Uses the shifts of the core
 * and nothing that lives.
 */
@NullMarked
package io.laneway.control.shift;

import org.jspecify.annotations.NullMarked;
