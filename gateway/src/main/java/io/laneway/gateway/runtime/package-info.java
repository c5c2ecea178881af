/**
 * The ground floor: configuration, event loops with their timers, names and addresses, bounds on rates and numbers, and
 * the record of an exchange. Every hall above uses it. It uses the JDK, Netty and router-core.
 */
package io.laneway.gateway.runtime;
