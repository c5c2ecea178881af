/**
 * Which lane a request asks for, and where it leads: carriers as inputs of matchers, choices of lanes as trees of maps, chains
 * of clusters that fall back. Uses words.
 */
@NullMarked
package io.laneway.xds.lane;

import org.jspecify.annotations.NullMarked;
