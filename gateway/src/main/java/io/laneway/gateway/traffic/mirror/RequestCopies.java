package io.laneway.gateway.traffic.mirror;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several copies of one request, of which each may end by itself. Confined to one event loop. */
public final class RequestCopies implements RequestCopy {

    private final List<RequestCopy> copies = new ArrayList<>(2);

    private RequestCopies() {}

    /** Both of two, of which each may be null for none. */
    public static @Nullable RequestCopy both(@Nullable RequestCopy one, @Nullable RequestCopy other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        RequestCopies all = one instanceof RequestCopies more ? more : new RequestCopies();
        if (!all.equals(one)) {
            all.copies.add(one);
        }
        all.copies.add(other);
        return all;
    }

    @Override
    public void body(ByteBuf data, boolean end) {
        for (int i = 1; i < copies.size(); i++) {
            copies.get(i).body(data.retainedDuplicate(), end);
        }
        copies.get(0).body(data, end);
    }

    @Override
    public void originalOver() {
        copies.forEach(RequestCopy::originalOver);
    }
}
