/**
 * Machines that serve a lane of one service from where gateways cannot reach them, such as laptops. Connections of joiners
 * and of gateways come in, one is handed on to the other, and the overlay of the table with their deployments goes out. It
 * may use edit, http, store and table.
 */
@NullMarked
package io.laneway.control.join;

import org.jspecify.annotations.NullMarked;
