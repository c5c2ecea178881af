package io.laneway.router.table.delta;

import io.laneway.router.model.Lane;
import io.laneway.router.model.recording.Recording;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Shift;

/**
 * Where the objects of the table stand that was edited last. Given from one delta to the next, it makes finding an object
 * cost the same in a table of any size. Confined to one thread.
 */
public final class EditPositions {

    final Positions<String, Lane> lanes = new Positions<>();
    final Positions<ServiceId, Service> services = new Positions<>();
    final Positions<String, Shift> shifts = new Positions<>();
    final Positions<String, Recording> recordings = new Positions<>();
}
