package io.laneway.router.source;

import io.laneway.router.model.LaneTable;
import java.util.List;
import java.util.Objects;

/** Finds what is allowed and probably not meant. Safe for many threads. */
public interface LintSource {

    /**
     * One finding. Immutable.
     *
     * @param rule    a short fixed name, such as {@code lane-without-deployments}
     * @param subject such as {@code lane f-1}
     * @param message what is odd, and what was probably meant
     */
    record Finding(String rule, String subject, String message) {
        public Finding {
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(message, "message");
        }
    }

    /** Looks at the published table and at whatever else this source knows. */
    List<Finding> findings(LaneTable table);
}
