package io.laneway.router.codec.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.EnumWord;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.form.Named;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Words;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Scalar;
import io.laneway.router.policy.Balancer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The form of a balancer: {@code least-request}, {@code round-robin}, or <code>{ring-hash: …}</code> with what is hashed:
 * <code>{header: x-user}</code>, <code>{cookie: user}</code> or {@code source}.
 */
final class BalancerForm {

    private static final String RING_HASH = "ring-hash";
    private static final String SOURCE = "source";
    private static final String EXPECTED = "least-request, round-robin or {ring-hash: {header: <name>}}";

    private static final Type<Balancer> NAMED_KEY = Words.keyed(
            new Balancer.Key[] {Balancer.Key.HEADER, Balancer.Key.COOKIE},
            EnumWord::of,
            (key, name) -> new Balancer(Balancer.Kind.RING_HASH, key, name),
            Balancer::key,
            Balancer::name);

    private static final Type<Balancer> WORD = Words.one(
            new Balancer[] {Balancer.LEAST_REQUEST, Balancer.ROUND_ROBIN}, balancer -> EnumWord.of(balancer.kind()));

    static final Named<Balancer> HASH_KEY = new Named<>(
            "HashKey",
            new Type<>(
                    "a mapping",
                    NAMED_KEY.label() + ", `" + SOURCE + "`",
                    Type.Schema.oneOf(Type.Schema.word(SOURCE), Words.keyedBy("header"), Words.keyedBy("cookie")),
                    BalancerForm::ringHash,
                    BalancerForm::writeKey));

    static final Named<Balancer> BALANCER = new Named<>(
            "Balancer",
            new Type<>(
                    EXPECTED,
                    "`least-request`, `round-robin`, `{ring-hash: {header: <name>}}`,"
                            + " `{ring-hash: {cookie: <name>}}`, `{ring-hash: source}`",
                    Type.Schema.oneOf(WORD.schema(), BalancerForm::ringHashSchema),
                    BalancerForm::read,
                    BalancerForm::write));

    private BalancerForm() {}

    private static void ringHashSchema(JsonGenerator json) throws IOException {
        json.writeStringField("type", "object");
        json.writeArrayFieldStart("required");
        json.writeString(RING_HASH);
        json.writeEndArray();
        json.writeObjectFieldStart("properties");
        json.writeFieldName(RING_HASH);
        HASH_KEY.reference().schema().item(json);
        json.writeEndObject();
        json.writeBooleanField("additionalProperties", false);
    }

    private static @Nullable Balancer read(Node node, Problems problems) {
        if (node instanceof Scalar scalar) {
            return word(scalar, problems);
        }
        Fields fields = Fields.of(node, problems);
        Balancer balancer = fields.object(RING_HASH, HASH_KEY.type().reader());
        fields.end();
        return balancer;
    }

    private static @Nullable Balancer word(Scalar scalar, Problems problems) {
        return switch (scalar.text()) {
            case "least-request" -> Balancer.LEAST_REQUEST;
            case "round-robin" -> Balancer.ROUND_ROBIN;
            case RING_HASH -> refuse(scalar, "ring-hash without a key", "{ring-hash: {header: <name>}}", problems);
            default -> refuse(scalar, scalar.described(), EXPECTED, problems);
        };
    }

    private static @Nullable Balancer ringHash(Node node, Problems problems) {
        if (node instanceof Scalar scalar) {
            return scalar.text().equals(SOURCE)
                    ? new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.SOURCE, "")
                    : refuse(node, node.described(), "{header: <name>}, {cookie: <name>} or source", problems);
        }
        return NAMED_KEY.reader().read(node, problems);
    }

    private static @Nullable Balancer refuse(Node node, String what, String expected, Problems problems) {
        problems.add(node, what, expected);
        return null;
    }

    private static void write(JsonGenerator json, Balancer balancer) throws IOException {
        if (balancer.kind() != Balancer.Kind.RING_HASH) {
            WORD.writer().write(json, balancer);
            return;
        }
        json.writeStartObject();
        json.writeFieldName(RING_HASH);
        writeKey(json, balancer);
        json.writeEndObject();
    }

    private static void writeKey(JsonGenerator json, Balancer balancer) throws IOException {
        if (balancer.key() == Balancer.Key.SOURCE) {
            json.writeString(SOURCE);
        } else {
            NAMED_KEY.writer().write(json, balancer);
        }
    }
}
