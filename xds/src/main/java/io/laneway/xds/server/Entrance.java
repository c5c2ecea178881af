package io.laneway.xds.server;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.laneway.router.source.TableServer.Admission;
import io.laneway.router.source.TableServer.Control;
import io.laneway.xds.stream.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one stream: kept until the control side has let their node in, then handed on in their order. Safe for many
 * threads.
 *
 * @param <Q> requests
 */
final class Entrance<Q> implements StreamObserver<Q> {

    private static final Logger log = LoggerFactory.getLogger(Entrance.class);
    /** A client that sends more than this before it is let in does not wait for responses. */
    private static final int MAX_WAITING = 64;

    private final Control control;
    private final Caller caller;
    private final Stream<Q> stream;
    private final Function<Q, String> nodeId;
    private final Exit<?> exit;
    private final List<Q> waiting = new ArrayList<>();
    private boolean asked;
    private boolean ended;
    private @Nullable Admission admission;

    Entrance(Control control, Caller caller, Stream<Q> stream, Function<Q, String> nodeId, Exit<?> exit) {
        this.control = control;
        this.caller = caller;
        this.stream = stream;
        this.nodeId = nodeId;
        this.exit = exit;
    }

    @Override
    public void onNext(Q request) {
        boolean first;
        synchronized (this) {
            if (admission != null) {
                stream.request(request);
                return;
            }
            if (waiting.size() >= MAX_WAITING) {
                return;
            }
            waiting.add(request);
            first = !asked;
            asked = true;
        }
        if (first) {
            control.admit(nodeId.apply(request), caller.bearer(), caller.certificate(), exit::withdrawn)
                    .whenComplete(this::decided);
        }
    }

    private void decided(@Nullable Admission decision, @Nullable Throwable error) {
        if (decision == null || !decision.refusal().isEmpty()) {
            String why = decision == null ? "the control API could not decide: " + error : decision.refusal();
            log.atWarn()
                    .addKeyValue("client", caller.address())
                    .addKeyValue("why", why)
                    .log("xDS stream refused");
            exit.fail(Status.UNAUTHENTICATED.withDescription(why));
            return;
        }
        synchronized (this) {
            if (ended) {
                decision.gone().run();
                return;
            }
            admission = decision;
            waiting.forEach(stream::request);
            waiting.clear();
        }
    }

    @Override
    public void onError(Throwable error) {
        end();
    }

    @Override
    public void onCompleted() {
        end();
        exit.complete();
    }

    /** The stream has ended, from whichever side. */
    void end() {
        Admission let;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            let = admission;
        }
        stream.closed();
        if (let != null) {
            let.gone().run();
        }
    }
}
