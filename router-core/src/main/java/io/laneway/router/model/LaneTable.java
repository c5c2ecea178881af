package io.laneway.router.model;

import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.text.Slug;
import java.util.List;

/**
 * The lane table: everything a gateway must know to route, at one revision. Immutable.
 *
 * <p>A record checks only itself; whether names resolve, parents form a cycle or hosts collide is the business of
 * {@code TableCheck}, which reports every problem at once.
 *
 * @param revision number of this table, {@code >= 0}; 0 where a file names none
 * @param base     the lane where everything exists
 */
public record LaneTable(
        long revision,
        String base,
        Carriers carriers,
        List<Lane> lanes,
        List<Service> services,
        List<Route> routes,
        List<Shift> shifts,
        List<Recording> recordings) {

    /** Version of the document form that this program reads and writes. */
    public static final int SCHEMA = 1;

    /** Name of the base lane where the table names none. */
    public static final String DEFAULT_BASE = "master";

    /** A table that routes nothing, at revision 0. */
    public static final LaneTable EMPTY =
            new LaneTable(0, DEFAULT_BASE, Carriers.DEFAULT, List.of(), List.of(), List.of(), List.of());

    public LaneTable {
        if (revision < 0) {
            throw new IllegalArgumentException("revision: " + revision + " (expected: >= 0)");
        }
        Slug.requireName("base", base);
        lanes = List.copyOf(lanes);
        services = List.copyOf(services);
        routes = List.copyOf(routes);
        shifts = List.copyOf(shifts);
        recordings = List.copyOf(recordings);
    }

    /** A table without recordings. */
    public LaneTable(
            long revision,
            String base,
            Carriers carriers,
            List<Lane> lanes,
            List<Service> services,
            List<Route> routes,
            List<Shift> shifts) {
        this(revision, base, carriers, lanes, services, routes, shifts, List.of());
    }

    /** The same table under another revision. */
    public LaneTable atRevision(long revision) {
        return new LaneTable(revision, base, carriers, lanes, services, routes, shifts, recordings);
    }
}
