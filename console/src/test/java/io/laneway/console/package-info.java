/** The pages of the console in a real browser, against a real control API with real gateways. */
package io.laneway.console;
