/**
 * The lane table in the words of xDS: compiled tables come in, resources with names and versions go out, with findings on
 * what could not be said. Pure; knows neither streams nor nodes.
 */
@NullMarked
package io.laneway.xds.resource;

import org.jspecify.annotations.NullMarked;
