package io.laneway.router.table;

import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.Shift;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service of a compiled table with its deployments by lane. Immutable but for what lives below it. */
public final class ServiceEntry<S extends DeploymentState, R> {

    private final Service service;
    private final String name;
    private final String shift;
    private final DeploymentEntry<S>[] deployments;
    private final @Nullable DeploymentEntry<S>[] byLane;
    private final @Nullable R rules;

    ServiceEntry(Service service, List<DeploymentEntry<S>> deployments, @Nullable R rules) {
        this.service = service;
        this.name = service.id().toString();
        this.shift = service.shift() == null ? Shift.DEFAULT : service.shift();
        this.deployments = array(deployments.size());
        deployments.toArray(this.deployments);
        this.rules = rules;
        int capacity = Integer.highestOneBit(Math.max(2, deployments.size() * 2)) << 1;
        this.byLane = array(capacity);
        for (DeploymentEntry<S> entry : this.deployments) {
            int slot = entry.hash() & (capacity - 1);
            while (byLane[slot] != null) {
                slot = (slot + 1) & (capacity - 1);
            }
            byLane[slot] = entry;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made otherwise, and stays here
    private static <S extends DeploymentState> DeploymentEntry<S>[] array(int length) {
        return new DeploymentEntry[length];
    }

    /** The service as configured. */
    public Service service() {
        return service;
    }

    /** Its identity as written, such as {@code order} or {@code order.shop}. */
    public String name() {
        return name;
    }

    /** What is kept at it; null for nothing. */
    public @Nullable R rules() {
        return rules;
    }

    /** Its deployment in exactly this lane, or null. */
    public @Nullable DeploymentEntry<S> deployment(LaneEntry lane) {
        return deployment(lane.slug(), lane.hash());
    }

    /** Its deployment in the lane of that slug, or null. */
    @Nullable
    DeploymentEntry<S> deployment(String slug) {
        return deployment(slug, LaneEntry.spread(slug));
    }

    private @Nullable DeploymentEntry<S> deployment(String slug, int hash) {
        int mask = byLane.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            DeploymentEntry<S> entry = byLane[slot];
            if (entry == null) {
                return null;
            }
            if (entry.hash() == hash && entry.slug().equals(slug)) {
                return entry;
            }
        }
    }

    /** How many deployments it has. */
    public int deployments() {
        return deployments.length;
    }

    /** A deployment in the order configured. */
    public DeploymentEntry<S> deployment(int index) {
        return deployments[index];
    }

    String shift() {
        return shift;
    }
}
