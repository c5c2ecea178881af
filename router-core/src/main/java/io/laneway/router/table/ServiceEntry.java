package io.laneway.router.table;

import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.Shift;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service of a compiled table with its deployments by lane. Immutable but for what the gateway attached. */
public final class ServiceEntry {

    private final Service service;
    private final String name;
    private final String shift;
    private final DeploymentEntry[] deployments;
    private final @Nullable DeploymentEntry[] byLane;
    private final @Nullable Object attachment;

    ServiceEntry(Service service, List<DeploymentEntry> deployments, @Nullable Object attachment) {
        this.service = service;
        this.name = service.id().toString();
        this.shift = service.shift() == null ? Shift.DEFAULT : service.shift();
        this.deployments = deployments.toArray(DeploymentEntry[]::new);
        this.attachment = attachment;
        int capacity = Integer.highestOneBit(Math.max(2, deployments.size() * 2)) << 1;
        this.byLane = new DeploymentEntry[capacity];
        for (DeploymentEntry entry : this.deployments) {
            int slot = entry.hash() & (capacity - 1);
            while (byLane[slot] != null) {
                slot = (slot + 1) & (capacity - 1);
            }
            byLane[slot] = entry;
        }
    }

    /** The service as configured. */
    public Service service() {
        return service;
    }

    /** Its identity as written, such as {@code order} or {@code order.shop}. */
    public String name() {
        return name;
    }

    /** What {@link DeploymentStates#attach} answered for it. */
    public @Nullable Object attachment() {
        return attachment;
    }

    /** Its deployment in exactly this lane, or null. */
    public @Nullable DeploymentEntry deployment(LaneEntry lane) {
        return deployment(lane.slug(), lane.hash());
    }

    /** Its deployment in the lane of that slug, or null. */
    @Nullable
    DeploymentEntry deployment(String slug) {
        return deployment(slug, LaneEntry.spread(slug));
    }

    private @Nullable DeploymentEntry deployment(String slug, int hash) {
        int mask = byLane.length - 1;
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            DeploymentEntry entry = byLane[slot];
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
    public DeploymentEntry deployment(int index) {
        return deployments[index];
    }

    String shift() {
        return shift;
    }
}
