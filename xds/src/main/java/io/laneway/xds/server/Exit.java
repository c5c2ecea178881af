package io.laneway.xds.server;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.laneway.xds.stream.Outlet;

/**
 * The responses of one stream. Safe for many threads: what ends a stream comes from others than the hub.
 *
 * @param <S> responses
 */
final class Exit<S> implements Outlet<S> {

    private final StreamObserver<S> observer;
    private boolean ended;
    private Runnable onFailure = () -> {};

    Exit(StreamObserver<S> observer) {
        this.observer = observer;
    }

    @Override
    public synchronized void send(S response) {
        if (!ended) {
            observer.onNext(response);
        }
    }

    @Override
    public void refuse(String why) {
        fail(Status.INVALID_ARGUMENT.withDescription(why));
    }

    /** The client may no more follow. */
    void withdrawn() {
        fail(Status.UNAUTHENTICATED.withDescription("the credentials of this stream are not valid any more"));
    }

    /** Run when this side ends the stream, since gRPC does not report that to the requests' side. */
    synchronized void onFailure(Runnable run) {
        onFailure = run;
    }

    void fail(Status status) {
        Runnable run;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            observer.onError(status.asRuntimeException());
            run = onFailure;
        }
        run.run();
    }

    /** The client is gone, nothing can be sent any more. */
    synchronized void gone() {
        ended = true;
    }

    synchronized void complete() {
        if (!ended) {
            ended = true;
            observer.onCompleted();
        }
    }
}
