package io.laneway.xds.route;

import io.laneway.router.model.service.ServiceId;
import org.jspecify.annotations.Nullable;

/** What is known of the services of a table. Confined to one thread. */
public interface Targets {

    /** Whether the table has the service. */
    boolean has(ServiceId service);

    /** The service, null where it is not served to the client. */
    @Nullable
    Target target(ServiceId service);
}
