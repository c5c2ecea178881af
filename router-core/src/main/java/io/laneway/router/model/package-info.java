/**
 * The lane table as configured: immutable records that check themselves and know nothing of requests. Tables, lanes and
 * carriers live here, the other objects in the packages below; a key of the table comes in with its record. Uses policy,
 * text and units.
 */
@NullMarked
package io.laneway.router.model;

import org.jspecify.annotations.NullMarked;
