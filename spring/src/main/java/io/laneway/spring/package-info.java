/**
 * Message lanes for applications on Spring Boot, by having this module on the class path: consumers and listeners keep
 * to lanes ({@link io.laneway.spring.LanewayAutoConfiguration}), and the lane of an HTTP request is that of the records
 * that it causes ({@link io.laneway.spring.LanewayServletAutoConfiguration},
 * {@link io.laneway.spring.LanewayWebFluxAutoConfiguration}).
 */
@NullMarked
package io.laneway.spring;

import org.jspecify.annotations.NullMarked;
