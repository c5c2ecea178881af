package io.laneway.xds.resource;

import io.laneway.router.model.Carriers;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Fault;
import io.laneway.router.source.LintSource.Finding;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.LiveParts;
import io.laneway.router.table.PublishedState;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.table.ShiftEntry;
import io.laneway.router.table.TableCompiler;
import io.laneway.router.text.Slug;
import io.laneway.xds.lane.LaneTree;
import io.laneway.xds.lane.Tenants;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All resources of the newest table. A change of the table costs what it changes: services are said again only if they or
 * their lanes changed, and endpoints alone are one resource. Confined to one thread.
 */
public final class World {

    /** The name of the routes of Envoys. */
    static final String ROUTES = "laneway";

    private final TableCompiler<PublishedState, Void> compiler = new TableCompiler<>(LiveParts.PUBLISHED, null);
    private CompiledTable<PublishedState, Void> table =
            compiler.compile(LaneTable.EMPTY, null).table();
    private LaneTree tree = LaneTree.of(table);
    private Hosts hosts = new Hosts(LaneTable.EMPTY);
    private Map<ServiceId, ServiceResources> services = Map.of();
    /** By how they are written; made again when others come or go. */
    private final Map<String, ServiceId> byName = new HashMap<>();

    private List<Finding> findings = List.of();
    private final Store store;
    private long generation;
    private long looked;
    /** Whether a table could not be said to its end, so that nothing of it counts as said. */
    private boolean unsure;

    /** @param lingerNanos for how long clusters outlive the routes that led to them */
    public World(long lingerNanos) {
        store = new Store(lingerNanos);
    }

    /** Takes the next table. */
    public Changes apply(LaneTable model, long now) {
        CompiledTable<PublishedState, Void> before = table;
        table = compiler.compile(model, before).table();
        boolean sameLanes = sameLanes(before.model(), model);
        LaneTree newTree = sameLanes ? tree : LaneTree.of(table);
        Set<LaneEntry> differing = sameLanes ? Set.of() : table.differingLanes(before);
        boolean everything = unsure
                || !before.model().carriers().equals(model.carriers())
                || before.base() != table.base()
                || differing.stream().anyMatch(LaneEntry::strict);
        unsure = true;
        Set<LaneEntry> touched = newTree.below(differing);
        touched.addAll(tree.below(differing));
        tree = newTree;
        Hosts old = hosts;
        hosts = old.areOf(model) ? old : new Hosts(model);
        Changes changes = new Changes();
        Map<ServiceId, ServiceResources> said = services(before, everything, old, touched);
        store.replace(services, said, now, changes);
        boolean sameFindings = old == hosts
                && before.model().recordings().equals(model.recordings())
                && said.values().stream().allMatch(this::sameFindings);
        name(said);
        services = said;
        findings = sameFindings ? findings : found();
        unsure = false;
        if (old != hosts) {
            changes.add(ResourceType.ROUTES, ROUTES);
        }
        if (!before.model().carriers().equals(model.carriers())) {
            changes.add(ResourceType.LISTENER, ROUTES);
        }
        if (changes.of(ResourceType.ROUTES).contains(ROUTES)) {
            generation++;
        }
        return changes;
    }

    /** Whether a service is said with the very findings that it had. */
    @SuppressWarnings("ReferenceEquality") // they are kept as they are where nothing but endpoints changed
    private boolean sameFindings(ServiceResources now) {
        ServiceResources last = services.get(now.id());
        return last != null && last.findings() == now.findings();
    }

    private void name(Map<ServiceId, ServiceResources> said) {
        if (!said.keySet().equals(services.keySet())) {
            byName.clear();
            said.keySet().forEach(id -> byName.put(id.toString(), id));
        }
    }

    private Map<ServiceId, ServiceResources> services(
            CompiledTable<PublishedState, Void> before, boolean everything, Hosts old, Set<LaneEntry> touched) {
        ServiceTranslator translator = new ServiceTranslator(before, table, tree, hosts);
        boolean sameShifts = before.model().shifts().equals(table.model().shifts());
        Map<ServiceId, ServiceResources> said = new LinkedHashMap<>();
        for (int place = 0; place < table.services(); place++) {
            ServiceEntry<PublishedState, Void> entry = table.service(place);
            ServiceId id = entry.service().id();
            ServiceResources last = services.get(id);
            boolean same = !everything
                    && last != null
                    && ((sameShifts && sameName(before, entry)) || sameShift(before, id, table.shift(place)))
                    && sameHosts(old, id)
                    && !touches(entry, touched);
            said.put(
                    id, say(translator, everything ? null : last, same, before.service(id), entry, table.shift(place)));
        }
        return said;
    }

    private boolean sameHosts(Hosts old, ServiceId id) {
        return old == hosts
                || (old.plain(id, true).equals(hosts.plain(id, true))
                        && old.plain(id, false).equals(hosts.plain(id, false))
                        && old.domains().targets(id).equals(hosts.domains().targets(id)));
    }

    /**
     * @param last what was said of it, null if nothing of that may be kept
     * @param same whether all that it depends on besides itself is the same
     */
    private static ServiceResources say(
            ServiceTranslator translator,
            @Nullable ServiceResources last,
            boolean same,
            @Nullable ServiceEntry<PublishedState, Void> before,
            ServiceEntry<PublishedState, Void> entry,
            @Nullable ShiftEntry shift) {
        if (same && last != null && before != null) {
            if (before == entry) {
                return last;
            }
            ServiceResources endpoints = translator.endpointsAlone(before, entry, last);
            if (endpoints != null) {
                return endpoints;
            }
        }
        return translator.whole(
                entry, shift, Earlier.of(last, before == null ? null : before.service(), entry.service()));
    }

    /** Whether a service names the shift that it named before. */
    private static boolean sameName(
            CompiledTable<PublishedState, Void> before, ServiceEntry<PublishedState, Void> entry) {
        ServiceEntry<PublishedState, Void> old = before.service(entry.service().id());
        return old != null
                && Objects.equals(old.service().shift(), entry.service().shift());
    }

    private static boolean sameLanes(LaneTable before, LaneTable now) {
        return before.lanes().equals(now.lanes()) && before.base().equals(now.base());
    }

    private static boolean sameShift(
            CompiledTable<PublishedState, Void> before, ServiceId id, @Nullable ShiftEntry now) {
        int place = before.place(id);
        return place >= 0
                && Tenants.of(before.shift(place)).equals(Tenants.of(now))
                && ServiceTranslator.tenants(before.shift(place)).equals(ServiceTranslator.tenants(now));
    }

    /** Whether one of the service's lanes, or a lane on whose way to base one of them lies, is among those that changed. */
    private boolean touches(ServiceEntry<PublishedState, Void> entry, Set<LaneEntry> touched) {
        if (touched.isEmpty()) {
            return false;
        }
        Fault fault = entry.service().policy().fault();
        String faulty = fault == null ? "" : Slug.of(fault.lane());
        if (touched.stream().anyMatch(lane -> lane.slug().equals(faulty))) {
            return true;
        }
        for (LaneEntry lane : touched) {
            for (LaneEntry at = lane; at != null && !at.isBase(); at = at.parent()) {
                if (entry.deployment(at) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Removes clusters that lingered long enough. */
    public Changes sweep(long now) {
        return store.sweep(now);
    }

    /** What is not said of the table, in the order of its services. */
    public List<Finding> findings() {
        return findings;
    }

    private List<Finding> found() {
        List<Finding> all = new ArrayList<>();
        services.values().forEach(each -> all.addAll(each.findings()));
        all.addAll(RouteFindings.of(table, hosts));
        return List.copyOf(all);
    }

    Map<ServiceId, ServiceResources> services() {
        return services;
    }

    /** What a service that the table may name by its bare name is in xDS, null for one that it lacks. */
    @Nullable
    ServiceResources service(ServiceId id) {
        ServiceEntry<PublishedState, Void> entry = table.service(id);
        return entry == null ? null : services.get(entry.service().id());
    }

    /** What the service that is written so is in xDS, null for one that the table lacks. */
    @Nullable
    ServiceResources named(String text) {
        ServiceId id = byName.get(text);
        return id == null ? null : services.get(id);
    }

    Hosts hosts() {
        return hosts;
    }

    Carriers carriers() {
        return table.model().carriers();
    }

    Store store() {
        return store;
    }

    /** How many times a resource was looked up for a client. */
    public long looked() {
        return looked;
    }

    void look() {
        looked++;
    }

    /** Grows whenever the routes of Envoys change. */
    long generation() {
        return generation;
    }
}
