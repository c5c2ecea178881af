package io.laneway.gateway.traffic.filter;

import io.laneway.filter.HeaderChanges;
import io.laneway.filter.ResponseFilter;
import io.laneway.filter.ResponseView;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ResponseEdit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What filters want to see of a response: the last one that saw the request is the first that sees the response. Confined to one
 * event loop; one for each exchange whose filters want that.
 */
final class ResponseFilters implements ResponseEdit {

    private final ExchangeContext context;
    private final @Nullable ResponseEdit outer;
    private final List<Wish> wishes = new ArrayList<>(2);

    private record Wish(LoopFilter filter, ResponseFilter response) {}

    /** @param outer of a phase before filters, which is the last to change the head */
    ResponseFilters(ExchangeContext context, @Nullable ResponseEdit outer) {
        this.context = context;
        this.outer = outer;
    }

    void add(LoopFilter filter, ResponseFilter response) {
        wishes.add(new Wish(filter, response));
    }

    @Override
    public @Nullable Failure apply(ResponseHead head) {
        while (!wishes.isEmpty()) {
            // taken off first: the response in place of one that a filter failed for is not shown to that again
            Wish wish = wishes.remove(wishes.size() - 1);
            if (!show(wish, head) && wish.filter().denies()) {
                wish.filter().counts().failedDenied.increment();
                return LoopFilter.FAILED;
            }
        }
        return outer == null ? null : outer.apply(head);
    }

    private boolean show(Wish wish, ResponseHead head) {
        ResponseView view = new ResponseView(head.status(), HeadView.headers(head.lines()));
        try {
            HeaderChanges changes =
                    wish.filter().measured(context.loop(), () -> wish.response().response(view));
            HeadEdit.apply(changes, head.lines());
            return true;
        } catch (Throwable e) { // code of others may fail in any way, and the loop serves on
            wish.filter().shared().failed(e.toString(), e, context.loop().reading());
            if (!wish.filter().denies()) {
                wish.filter().counts().failedAllowed.increment();
            }
            return false;
        }
    }
}
