package io.laneway.replay.run;

import io.laneway.replay.diff.ComparedRequest;
import io.laneway.replay.diff.Comparison;
import io.laneway.replay.diff.Endpoints;
import io.laneway.replay.diff.proto.ProtoReader;
import io.laneway.replay.diff.rules.DiffRules;
import io.laneway.replay.file.Tail;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.result.LaneShare;
import io.laneway.replay.result.ReplayHeader;
import io.laneway.replay.result.ReplayedRequest;
import io.laneway.replay.result.ReplayedResponse;
import io.laneway.replay.result.ResultReader;
import io.laneway.replay.result.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A file of results, read as often as it is asked for, one member in memory at a time. Immutable. */
public record Results(Path file) {

    /**
     * What a reader knows at the end. Immutable.
     *
     * @param left requests without responses of all three sides
     * @param tail what is left behind the last whole member, null if nothing is
     */
    private record End(long left, @Nullable Tail tail) {}

    /**
     * Compares base, base again and the lane. Reads the file twice: the endpoints are learnt first.
     *
     * @param messages reads messages of protobuf, null to compare them as bytes
     */
    public Compared compare(DiffRules rules, @Nullable ProtoReader messages) throws IOException {
        ReplayHeader header = header();
        Endpoints endpoints = new Endpoints();
        LaneShare lane = new LaneShare(header.lane());
        LaneShare base = new LaneShare(header.against());
        Tries tries = new Tries();
        each(
                request -> {
                    tries.learn(request);
                    return true;
                },
                endpoints::learn);
        Comparison comparison = new Comparison(endpoints, rules, messages);
        End end = each(tries::isLast, request -> {
            lane.add(request.lane());
            base.add(request.base());
            comparison.add(request);
        });
        return new Compared(comparison.report(), lane, base, end.left(), end.tail());
    }

    /** Gives the requests that were sent to all three sides, of those that are wanted. */
    private End each(Predicate<ReplayedRequest> wanted, Consumer<ComparedRequest> taker) throws IOException {
        long left = 0;
        try (ResultReader reader = open()) {
            for (ReplayedRequest next = reader.next(); next != null; next = reader.next()) {
                if (!wanted.test(next)) {
                    continue;
                }
                ComparedRequest compared = compared(next);
                if (compared == null) {
                    left++;
                } else {
                    taker.accept(compared);
                }
            }
            return new End(left, reader.tail());
        }
    }

    /** What the file says of itself. */
    private ReplayHeader header() throws IOException {
        try (ResultReader reader = open()) {
            return reader.header();
        }
    }

    private ResultReader open() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + ": is not there (expected: what `laneway replay --against` wrote)");
        }
        return ResultReader.open(file);
    }

    private static @Nullable ComparedRequest compared(ReplayedRequest it) {
        ReplayedResponse base = it.of(Side.BASE1);
        ReplayedResponse again = it.of(Side.BASE2);
        ReplayedResponse lane = it.of(Side.LANE);
        return base == null || again == null || lane == null
                ? null
                : new ComparedRequest(
                        it.recorded().id(),
                        it.recorded().decision().service(),
                        it.recorded().request(),
                        response(base),
                        response(again),
                        response(lane));
    }

    private static @Nullable RecordedResponse response(ReplayedResponse it) {
        return it.response();
    }
}
