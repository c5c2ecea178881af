package io.laneway.replay.diff.report;

import io.laneway.replay.diff.place.Example;
import io.laneway.replay.diff.place.Facet;
import java.util.List;

/**
 * A place of an endpoint at which the lane is another than base. Immutable.
 *
 * @param requests of the endpoint
 * @param lane of these, in which the lane is the odd one
 * @param base of these, in which one response of base is
 * @param chance corrected for all that were looked at
 */
public record Finding(
        Level level,
        String endpoint,
        String path,
        Facet facet,
        String what,
        int requests,
        int lane,
        int base,
        double chance,
        List<Example> examples) {

    public Finding {
        examples = List.copyOf(examples);
    }
}
