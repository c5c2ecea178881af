package io.laneway.router.check;

import io.laneway.router.model.Lane;
import io.laneway.router.model.service.ServiceId;
import org.jspecify.annotations.Nullable;

/** Finds the objects of a table by the names that others refer to them with. Implementations are immutable. */
public interface TableNames {

    /** The listed lane with a slug; null for none. */
    @Nullable
    Lane lane(String slug);

    /** Whether there is a service with this identity. */
    boolean hasService(ServiceId id);

    /** Whether there is a shift with exactly this name. */
    boolean hasShift(String name);
}
