package io.laneway.replay.diff;

import io.laneway.replay.diff.json.JsonWalk;
import io.laneway.replay.diff.json.Triple;
import io.laneway.replay.diff.place.CurrentRequest;
import io.laneway.replay.diff.place.Facet;
import io.laneway.replay.diff.place.Place;
import io.laneway.replay.diff.place.PlaceNode;
import io.laneway.replay.diff.proto.ProtoReader;
import io.laneway.replay.diff.rules.DiffRules;
import io.laneway.replay.diff.text.LinesWalk;
import io.laneway.replay.form.RecordedResponse;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What differed at one endpoint so far. Confined to one thread. */
final class ComparedEndpoint {

    private final String name;
    private final @Nullable ProtoReader messages;
    private final PlaceNode root;
    private int requests;
    private long uncompared;

    ComparedEndpoint(String name, DiffRules rules, @Nullable ProtoReader messages) {
        this.name = name;
        this.root = PlaceNode.root(path -> rules.key(name, path));
        this.messages = messages;
    }

    String name() {
        return name;
    }

    int requests() {
        return requests;
    }

    long uncompared() {
        return uncompared;
    }

    void places(Consumer<Place> taker) {
        root.each(taker);
    }

    void add(ComparedRequest it) {
        CurrentRequest request = new CurrentRequest(requests++, it.id(), () -> Curl.of(it.request()));
        RecordedResponse base = GrpcStatus.inTrailers(it.base());
        RecordedResponse again = GrpcStatus.inTrailers(it.again());
        RecordedResponse lane = GrpcStatus.inTrailers(it.lane());
        root.child("status").mark(request, Facet.STATUS, status(base), status(again), status(lane));
        if (base == null || again == null || lane == null || !sameClass(base, again) || !sameClass(base, lane)) {
            // the headers and the body of an error are others than those of a success
            return;
        }
        Triple grpc = new Triple(base.grpcStatus(), again.grpcStatus(), lane.grpcStatus());
        root.child("grpc-status").mark(request, Facet.STATUS, grpc.base(), grpc.again(), grpc.lane());
        if (!Objects.equals(grpc.base(), grpc.again()) || !Objects.equals(grpc.base(), grpc.lane())) {
            return;
        }
        HeaderWalk.walk(root.child("header"), base.headers(), again.headers(), lane.headers(), request);
        HeaderWalk.walk(root.child("trailer"), base.trailers(), again.trailers(), lane.trailers(), request);
        String path = it.request().path();
        body(
                root.child("body"),
                Content.of(base, path, messages),
                Content.of(again, path, messages),
                Content.of(lane, path, messages),
                request);
    }

    private void body(PlaceNode at, Content base, Content again, Content lane, CurrentRequest request) {
        if (base.kind() == Content.Kind.PARTIAL
                || again.kind() == Content.Kind.PARTIAL
                || lane.kind() == Content.Kind.PARTIAL) {
            uncompared++;
            return;
        }
        at.mark(request, Facet.TYPE, base.kind(), again.kind(), lane.kind());
        if (base.kind() != again.kind() || base.kind() != lane.kind()) {
            return;
        }
        Triple values = new Triple(base.value(), again.value(), lane.value());
        switch (base.kind()) {
            case JSON, PROTOBUF -> JsonWalk.walk(at, values, request);
            case TEXT -> LinesWalk.walk(at, values, request);
            default -> at.mark(request, Facet.VALUE, values.base(), values.again(), values.lane());
        }
    }

    private static boolean sameClass(RecordedResponse one, RecordedResponse other) {
        return one.status() / 100 == other.status() / 100;
    }

    private static String status(@Nullable RecordedResponse response) {
        return response == null ? "no response" : String.valueOf(response.status());
    }
}
