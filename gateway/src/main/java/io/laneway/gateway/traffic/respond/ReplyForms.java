package io.laneway.gateway.traffic.respond;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.grpcweb.WebCall;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ReasonPhrase;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.page.ErrorPages;
import io.laneway.gateway.traffic.page.HtmlWish;
import io.laneway.gateway.traffic.page.LocalProblem;
import io.laneway.gateway.traffic.page.PageTemplate;
import io.laneway.router.decision.Reason;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Says what went wrong in the form that the client wants: a problem document, or a page. Confined to one event loop. */
final class ReplyForms {

    private final ListenerContext listener;
    private final Slice id = new Slice();
    private final HtmlWish wish = new HtmlWish();

    ReplyForms(ListenerContext listener) {
        this.listener = listener;
    }

    ReplyForm of(ExchangeContext context, Failure failure) {
        LocalProblem problem = problem(context, failure);
        PageTemplate page = page(context, failure.status());
        return page != null && wish.in(context.request().lines())
                ? ReplyForm.page(page.render(problem))
                : ReplyForm.problem(problem.json().getBytes(StandardCharsets.UTF_8), page != null);
    }

    /** The page that the client may have, null for none. Calls of gRPC and of gRPC-Web have none, converted or not. */
    private @Nullable PageTemplate page(ExchangeContext context, int status) {
        ErrorPages pages = listener.pages();
        return pages == null
                        || context.grpc().active()
                        || isCall(context.request().lines())
                ? null
                : pages.of(context.facts().service(), status);
    }

    private static boolean isCall(HeaderLines request) {
        return GrpcCall.isOne(request) || WebCall.isNamed(request);
    }

    private LocalProblem problem(ExchangeContext context, Failure failure) {
        ExchangeFacts facts = context.facts();
        Reason reason = facts.reason();
        facts.requestId(id);
        String service = facts.service();
        String lane = facts.requestedLane();
        return new LocalProblem(
                failure.status(),
                ReasonPhrase.of(failure.status()),
                failure.detail(),
                service.equals(ExchangeFacts.NO_SERVICE) ? "" : service,
                lane == null ? unknownLane(context) : lane,
                reason == null ? "" : reason.word(),
                id.length() <= ResponseHeaders.MAX_ID ? id.toString() : "",
                failure.flag().word());
    }

    private static String unknownLane(ExchangeContext context) {
        Slice slug = new Slice();
        context.facts().requestedText(slug);
        return slug.toString();
    }
}
