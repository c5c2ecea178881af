package io.laneway.control.check;

import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.TableState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.LintSource.Finding;
import io.laneway.router.table.delta.TableChange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what is allowed and probably not meant about the services that an edit touched, as they are published, and of an
 * edit that leaves none.
 */
public final class Warnings {

    private static final TableLint LINT = new TableLint();
    private static final String SERVICE = "service ";

    private Warnings() {}

    /** The warnings of an edit, empty for none. */
    public static JsonArray of(List<TableChange> changes, TableState before, TableState after) {
        List<Service> touched = new ArrayList<>();
        for (ObjectKey key : ObjectKeys.touched(changes)) {
            Service service = key.kind().equals("service") ? after.publishedService(ServiceId.parse(key.name())) : null;
            if (service != null) {
                touched.add(service);
            }
        }
        JsonArray warnings = new JsonArray();
        int lost = before.objects().services().size();
        if (lost > 0 && after.objects().services().isEmpty()) {
            warnings.add(json(new Finding(
                    "services-gone",
                    "table",
                    "none of " + lost + " services is left; the revision before is restored by POST /v1/revisions/"
                            + before.edited() + "/restore")));
        }
        if (!touched.isEmpty()) {
            LaneTable part = new LaneTable(
                    0,
                    after.objects().base(),
                    after.objects().carriers(),
                    List.of(),
                    touched,
                    List.of(),
                    List.copyOf(after.objects().shifts().values()));
            LINT.findings(part).stream()
                    .filter(finding -> finding.subject().startsWith(SERVICE))
                    .forEach(finding -> warnings.add(json(finding)));
        }
        return warnings;
    }

    /** A finding as the API shows it. */
    public static JsonObject json(Finding finding) {
        return new JsonObject()
                .put("rule", finding.rule())
                .put("subject", finding.subject())
                .put("message", finding.message());
    }
}
