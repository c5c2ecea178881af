package io.laneway.router.part;

import io.laneway.router.model.LaneTable;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.text.Slug;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The services and routes of a part, and what they refer to. Immutable. */
record Part(List<Service> services, List<Route> routes, LaneTable table) {

    /** The shifts by which its services choose. */
    List<Shift> shifts() {
        Set<String> names = services.stream()
                .map(service -> service.shift() == null ? Shift.DEFAULT : service.shift())
                .collect(Collectors.toSet());
        return table.shifts().stream()
                .filter(shift -> names.contains(shift.name()))
                .toList();
    }

    /** The recordings that may want its requests. */
    List<Recording> recordings() {
        Set<ServiceId> ids = services.stream().map(Service::id).collect(Collectors.toSet());
        return table.recordings().stream()
                .filter(recording -> recording.service() == null || ids.contains(recording.service()))
                .toList();
    }

    /** The slugs of lanes that its services are deployed in. */
    Set<String> deployed() {
        Set<String> slugs = new HashSet<>();
        for (Service service : services) {
            for (Deployment deployment : service.deployments()) {
                slugs.add(Slug.of(deployment.lane()));
            }
        }
        return slugs;
    }

    /** The slugs of lanes that policies, routes, shifts and recordings of it name. */
    Set<String> named() {
        Set<String> slugs = new HashSet<>();
        for (Service service : services) {
            if (service.policy().mirror() != null) {
                slugs.add(Slug.of(service.policy().mirror().lane()));
            }
            if (service.policy().fault() != null) {
                slugs.add(Slug.of(service.policy().fault().lane()));
            }
        }
        for (Route route : routes) {
            if (route.action().lane() != null) {
                slugs.add(Slug.of(route.action().lane()));
            }
            for (RouteMirror mirror : route.action().mirrors()) {
                if (mirror.lane() != null) {
                    slugs.add(Slug.of(mirror.lane()));
                }
            }
        }
        for (Shift shift : shifts()) {
            for (Environment environment : shift.environments()) {
                slugs.add(Slug.of(environment.lane()));
            }
        }
        for (Recording recording : recordings()) {
            if (recording.lane() != null) {
                slugs.add(Slug.of(recording.lane()));
            }
        }
        return slugs;
    }
}
