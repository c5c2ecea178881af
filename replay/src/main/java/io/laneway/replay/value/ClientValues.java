package io.laneway.replay.value;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one client's replay got on one side, by rules and by equal places, and what its later requests have instead of what
 * was recorded. Confined to one thread.
 */
public final class ClientValues {

    private final List<ValueRule> rules;
    private final TakenValues own = new TakenValues();
    private final TakenValues shared;
    private final Learned learned = new Learned();

    /** @param shared what all clients have */
    public ClientValues(List<ValueRule> rules, TakenValues shared) {
        this.rules = rules;
        this.shared = shared;
    }

    /** Learns from what was recorded, what was sent, and what came instead. */
    public void learn(RecordedExchange recorded, Held sent, @Nullable RecordedResponse replayed) {
        learned.learn(recorded, sent, replayed);
        for (ValueRule rule : rules) {
            if (rule.givenBy(recorded.request())) {
                of(rule).take(rule, recorded, replayed);
            }
        }
    }

    private TakenValues of(ValueRule rule) {
        return rule.shared() ? shared : own;
    }

    /** What a rule does with each of its places in a text. */
    private interface Finder {
        void find(ValueTarget target, Swap swap, Spans spans);
    }

    private String replaced(RecordedRequest request, String text, Finder finder) {
        Spans spans = new Spans();
        for (ValueRule rule : rules) {
            if (rule.putInto(request)) {
                for (ValueTarget target : rule.put()) {
                    finder.find(target, recorded -> of(rule).swap(rule, recorded), spans);
                }
            }
        }
        return learned.words().replace(text, spans);
    }

    /** The value of a header as it is sent. */
    public String header(RecordedRequest request, Field field) {
        return replaced(request, field.value(), (target, swap, spans) -> target.field(field, swap, spans));
    }

    /** Path and query as they are sent. */
    public String target(RecordedRequest request) {
        return replaced(
                request, request.target(), (target, swap, spans) -> target.target(request.target(), swap, spans));
    }

    /** The body as it is sent, with new values where it is text; lengths within binary bodies would no longer hold. */
    public byte[] body(RecordedRequest request) {
        byte[] bytes = request.body().bytes();
        String type = type(request);
        String text = text(request);
        if (text == null) {
            return bytes;
        }
        String now = replaced(request, text, (target, swap, spans) -> target.body(type, text, swap, spans));
        return now.equals(text) ? bytes : now.getBytes(StandardCharsets.UTF_8);
    }

    /** The content type in small letters; empty if there is none. */
    static String type(RecordedRequest request) {
        String given = Fields.first(request.headers(), "content-type");
        return given == null ? "" : given.toLowerCase(Locale.ROOT);
    }

    /** The body in which values are put; null if it is not such a text. */
    static @Nullable String text(RecordedRequest request) {
        byte[] bytes = request.body().bytes();
        return bytes.length == 0 || type(request).startsWith("application/grpc") ? null : Texts.utf8(bytes);
    }
}
