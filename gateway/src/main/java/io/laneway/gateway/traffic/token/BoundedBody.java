package io.laneway.gateway.traffic.token;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Takes a response's body up to a bound, and gives it up beyond. Called by one thread at a time. */
final class BoundedBody implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> body;
    private final long most;
    private @Nullable Subscription subscription;
    private long seen;

    BoundedBody(BodySubscriber<byte[]> body, long most) {
        this.body = body;
        this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body.getBody();
    }

    @Override
    public void onSubscribe(Subscription from) {
        subscription = from;
        body.onSubscribe(from);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            seen += buffer.remaining();
        }
        if (seen <= most) {
            body.onNext(buffers);
        } else if (subscription != null) {
            subscription.cancel();
            subscription = null;
            body.onError(new IOException("more than " + most + " bytes (expected: a JWK Set)"));
        }
    }

    @Override
    public void onError(Throwable error) {
        body.onError(error);
    }

    @Override
    public void onComplete() {
        if (seen <= most) {
            body.onComplete();
        }
    }
}
