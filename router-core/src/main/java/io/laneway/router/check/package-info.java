/**
 * What must hold in a lane table beyond the form of its parts: names are unique and lead to something, shares and slots
 * fit, hosts have one owner. A rule over the whole table comes in, and reports every problem at once with its path; a rule
 * about one value belongs into its record. Uses the model, its changes and problems.
 */
@NullMarked
package io.laneway.router.check;

import org.jspecify.annotations.NullMarked;
