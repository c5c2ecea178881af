package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives up what the API server notes as ours in the spec of a Service that is its team's. Else the next server-side apply
 * of the team's manifest would be refused as a conflict with us, and a port that it takes out would stay. Pure.
 */
final class FieldOwnership {

    /** The field manager of our writes: our user agent. */
    static final String MANAGER = "laneway";

    private static final String SPEC = "f:spec";

    private FieldOwnership() {}

    /** Whether the API server notes a field of the spec as ours. */
    static boolean held(Service service) {
        return service.getMetadata().getManagedFields().stream().anyMatch(FieldOwnership::held);
    }

    private static boolean held(ManagedFieldsEntry entry) {
        return MANAGER.equals(entry.getManager())
                && entry.getFieldsV1() != null
                && entry.getFieldsV1().getAdditionalProperties().containsKey(SPEC);
    }

    /** The same Service without it. */
    static Service released(Service service) {
        List<ManagedFieldsEntry> entries = service.getMetadata().getManagedFields().stream()
                .map(entry -> held(entry) ? without(entry) : entry)
                .toList();
        return new ServiceBuilder(service)
                .editMetadata()
                .withManagedFields(entries)
                .endMetadata()
                .build();
    }

    private static ManagedFieldsEntry without(ManagedFieldsEntry entry) {
        Map<String, Object> fields = new TreeMap<>(entry.getFieldsV1().getAdditionalProperties());
        fields.remove(SPEC);
        FieldsV1 rest = new FieldsV1();
        rest.setAdditionalProperties(fields);
        return new ManagedFieldsEntryBuilder(entry).withFieldsV1(rest).build();
    }
}
