package io.laneway.control.overview;

import io.laneway.router.model.service.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * A service as the table has it: what a row shows beside traffic. Immutable; equal ones look the same.
 *
 * @param deployments how many lanes have one
 * @param base        its deployment in the base lane, null if there is none
 */
public record ServiceFacts(
        ServiceId id,
        @Nullable String shift,
        boolean discovered,
        int deployments,
        @Nullable OwnDeployment base) {}
