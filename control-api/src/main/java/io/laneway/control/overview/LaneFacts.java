package io.laneway.control.overview;

import io.laneway.router.model.Lane;
import java.util.List;

/**
 * A lane as the table has it: what a row shows beside use and traffic. Immutable; equal ones look the same.
 *
 * @param base          whether it is the base lane
 * @param discovered    whether no call put it
 * @param fallsBackTo   the lanes that serve in its place, in order; the base lane is the last
 * @param environmentOf the shifts of which it is an environment
 * @param own           its deployments by the name of their service; none of the base lane, since those stand with their
 *                      services
 */
public record LaneFacts(
        String slug,
        Lane lane,
        boolean base,
        boolean discovered,
        List<String> fallsBackTo,
        List<String> environmentOf,
        List<OwnDeployment> own) {

    public LaneFacts {
        fallsBackTo = List.copyOf(fallsBackTo);
        environmentOf = List.copyOf(environmentOf);
        own = List.copyOf(own);
    }
}
