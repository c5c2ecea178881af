package io.laneway.xds.server;

import io.laneway.router.source.TableServer.Admission;
import io.laneway.router.source.TableServer.Control;
import io.laneway.router.source.TableServer.Follower;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A control side that lets everyone in and notes how far each is. */
record Everyone(Map<String, Follower> followers) implements Control {

    @Override
    public CompletionStage<Admission> admit(
            String id, @Nullable String bearer, @Nullable String certificate, Runnable end) {
        return CompletableFuture.completedFuture(new Admission("", () -> {}));
    }

    @Override
    public void follows(Follower follower) {
        followers.put(follower.id(), follower);
    }

    @Override
    public void left(String id) {
        followers.remove(id);
    }
}
