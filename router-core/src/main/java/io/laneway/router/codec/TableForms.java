package io.laneway.router.codec;

import io.laneway.router.codec.policy.PolicyForm;
import io.laneway.router.document.form.Form;
import java.util.Map;
import java.util.TreeMap;

/** The forms of a lane table that are defined once, by their names under {@code $defs} of its JSON Schema. Stateless. */
public final class TableForms {

    private TableForms() {}

    /** The forms by name. */
    public static Map<String, Form<?>> definitions() {
        Map<String, Form<?>> forms = new TreeMap<>(PolicyForm.definitions());
        forms.put("Lane", LaneForm.FORM);
        forms.put("EndpointObject", DeploymentForm.ENDPOINT);
        forms.put("UpstreamTls", DeploymentForm.TLS);
        return forms;
    }
}
