package io.laneway.k8s.resource;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.laneway.k8s.finding.Finding;
import io.laneway.router.codec.TableReader;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableChange.PutLane;
import io.laneway.router.table.delta.TableChange.PutShift;
import io.laneway.router.table.delta.TableChange.RemoveLane;
import io.laneway.router.table.delta.TableChange.RemoveShift;
import org.jspecify.annotations.Nullable;

/** The kinds of custom resources. The {@code spec} of each has the form of its object in the lane table. */
public enum CustomKind {
    /** A lane. */
    LANE(Finding.On.LANE, "lanes") {
        @Override
        @Nullable
        TableChange put(Node spec, String name, LaneTable table, Problems problems) {
            var lane = TableReader.lane(spec, name, problems);
            return lane == null ? null : new PutLane(lane);
        }

        @Override
        TableChange remove(String name) {
            return new RemoveLane(name);
        }
    },
    /** A shift of tenants. */
    TENANT_SHIFT(Finding.On.TENANT_SHIFT, "tenantshifts") {
        @Override
        @Nullable
        TableChange put(Node spec, String name, LaneTable table, Problems problems) {
            Shift current = table.shifts().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElse(null);
            var shift = TableReader.shift(spec, name, current, problems);
            return shift == null ? null : new PutShift(shift);
        }

        @Override
        TableChange remove(String name) {
            return new RemoveShift(name);
        }
    };

    /** The API group of all kinds. */
    public static final String GROUP = "laneway.io";

    /** The version of all kinds. */
    public static final String VERSION = "v1alpha1";

    /** Keeps a deleted object until it is out of the table. */
    public static final String FINALIZER = GROUP + "/table";

    private final Finding.On on;
    private final String plural;

    CustomKind(Finding.On on, String plural) {
        this.on = on;
        this.plural = plural;
    }

    /** The change that puts what a spec says; null after a problem. */
    abstract @Nullable TableChange put(Node spec, String name, LaneTable table, Problems problems);

    /** The change that takes the object of this name away. */
    abstract TableChange remove(String name);

    /** The kind as manifests name it. */
    public String kind() {
        return on.word();
    }

    /** How findings name objects of this kind. */
    Finding.On on() {
        return on;
    }

    /** What the table calls an object of one of these kinds: its {@code spec.name}, else its own name. */
    public static String nameOf(GenericKubernetesResource object) {
        return object.get("spec", "name") instanceof String name
                ? name
                : object.getMetadata().getName();
    }

    /** How the client addresses objects of this kind. */
    public ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder()
                .withGroup(GROUP)
                .withVersion(VERSION)
                .withKind(kind())
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
