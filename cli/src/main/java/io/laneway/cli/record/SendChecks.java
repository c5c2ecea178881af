package io.laneway.cli.record;

import io.laneway.cli.diff.DescriptorFile;
import io.laneway.cli.replays.SendOptions;
import io.laneway.gateway.server.replay.ValueRules;
import io.laneway.replay.diff.proto.ProtoReader;
import io.laneway.replay.http.Destination;
import io.laneway.replay.run.SafeMethods;
import io.laneway.replay.send.Pace;
import io.laneway.replay.send.ReplayOptions;
import io.laneway.replay.send.SafeRequests;
import io.laneway.router.unit.Durations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks the options of a replay that this program sends itself, and makes of them what it goes by. Immutable. */
record SendChecks(SendOptions send) {

    private static final int BODIES = 1024 * 1024;

    /** What is wrong without a look at any file. */
    void check() {
        if (send.times() < 1) {
            throw send.wrong("--times: " + send.times() + " (expected: >= 1)");
        }
        if (send.inFlight() < 1) {
            throw send.wrong("--in-flight: " + send.inFlight() + " (expected: >= 1)");
        }
        if (!send.lane().matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")) {
            throw send.wrong("--lane: '" + send.lane() + "' (expected: a lane's name)");
        }
        if (send.lane().equals(send.against())) {
            throw send.wrong("--against: the lane itself (expected: the base lane)");
        }
        safe();
        pace();
    }

    private SafeRequests safe() {
        try {
            return SafeRequests.parse(send.safe());
        } catch (IllegalArgumentException e) {
            throw send.wrong("--safe: " + e.getMessage());
        }
    }

    Pace pace() {
        try {
            return Pace.parse(send.rate());
        } catch (IllegalArgumentException e) {
            throw send.wrong("--rate: " + e.getMessage());
        }
    }

    Destination destination(URI to, @Nullable Path cacert) {
        try {
            return new Destination(
                    to, cacert, send.insecure(), send.inFlight(), Durations.parse(send.timeout()), BODIES);
        } catch (IllegalArgumentException e) {
            throw send.wrong("--to, --timeout: " + e.getMessage());
        }
    }

    /** Reads the files of rules and descriptors. */
    ReplayOptions options() throws IOException {
        Path descriptors = send.descriptors();
        ProtoReader methods = descriptors == null ? null : DescriptorFile.read(descriptors);
        return new ReplayOptions(
                send.lane(),
                send.against(),
                send.unsafe(),
                send.inFlight(),
                safe().or(SafeMethods.of(methods)),
                ValueRules.of(send.rules()));
    }
}
