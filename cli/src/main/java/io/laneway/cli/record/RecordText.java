package io.laneway.cli.record;

import io.laneway.cli.requests.Story;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.RecordedSocket;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A line for a person of one recorded request. Stateless. */
final class RecordText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private RecordText() {}

    static String line(RecordedExchange exchange) {
        RecordedDecision decision = exchange.decision();
        return String.join(
                " ",
                TIME.format(exchange.time()),
                said(decision.service()),
                lanes(decision),
                said(decision.reason()),
                status(exchange.response(), exchange.failure()),
                exchange.duration().toMillis() + "ms" + frames(exchange),
                Story.printable(exchange.request().method()),
                Story.printable(exchange.request().target()),
                Story.printable(exchange.id()));
    }

    private static String lanes(RecordedDecision decision) {
        return decision.requested().isEmpty() || decision.requested().equals(decision.served())
                ? said(decision.served())
                : said(decision.requested()) + " > " + said(decision.served());
    }

    private static String status(@Nullable RecordedResponse response, String failure) {
        String status = response == null ? "-" : String.valueOf(response.status());
        String grpc = response == null ? null : response.grpcStatus();
        return status
                + (grpc == null ? "" : "/" + Story.printable(grpc))
                + (failure.isEmpty() ? "" : " " + Story.printable(failure));
    }

    private static String frames(RecordedExchange exchange) {
        RecordedSocket socket = exchange.socket();
        return socket == null
                ? ""
                : " frames=" + socket.frames().size() + (socket.part() > 1 ? " part=" + socket.part() : "");
    }

    private static String said(String text) {
        return text.isEmpty() ? "-" : Story.printable(text);
    }
}
