/**
 * Custom resources {@code Lane} and {@code TenantShift} ({@code laneway.io/v1alpha1}): what they say is put into the
 * lane table, and what became of it is written into their status.
 */
@NullMarked
package io.laneway.k8s.resource;

import org.jspecify.annotations.NullMarked;
