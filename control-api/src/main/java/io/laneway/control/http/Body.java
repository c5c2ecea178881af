package io.laneway.control.http;

import io.laneway.control.http.message.BodyReader;
import io.laneway.control.table.Refusal;
import io.laneway.router.document.Documents;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.NodeReader;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.util.List;

/**
 * The body of a call, read with every problem reported at once: what is no document is 400, a document with wrong
 * fields is 422. Immutable.
 */
public final class Body {

    private final byte[] bytes;
    private final int maxValues;

    private Body(byte[] bytes, int maxValues) {
        this.bytes = bytes;
        this.maxValues = maxValues;
    }

    public static Body of(Call call) {
        return new Body(call.body().getBytes(), BodyReader.values(call.context()));
    }

    /** This body, or an empty object where there is none. */
    public Body orEmpty() {
        return bytes.length == 0 ? new Body(new byte[] {'{', '}'}, 1) : this;
    }

    /** Refuses a body that says something to a call that takes none: what it asks for would not be done. */
    public void nothing() {
        orEmpty().read((node, problems) -> {
            Fields fields = Fields.of(node, problems);
            return fields.build(() -> true);
        });
    }

    /** The document, JSON or YAML. */
    public Node node() {
        Problems problems = Problems.strict();
        Node node = bytes.length == 0 ? null : Documents.parse(bytes, maxValues, problems);
        if (node == null) {
            throw new Refusal(
                    Refusal.Kind.MALFORMED,
                    bytes.length == 0 ? "no body (expected: a JSON document)" : "the body is not JSON",
                    problems.list());
        }
        return node;
    }

    /** The value that the document describes; unknown keys and texts that cannot be read are problems. */
    public <T> T read(NodeReader<T> reader) {
        return read(reader, true, Problems.strict());
    }

    /** The value that the document describes; unknown keys are ignored. */
    public <T> T lenient(NodeReader<T> reader) {
        return read(reader, false, Problems.lenient());
    }

    private <T> T read(NodeReader<T> reader, boolean texts, Problems problems) {
        Node node = node();
        if (texts) {
            PlainText.check(node, problems);
        }
        T value = reader.read(node, problems);
        if (value == null || !problems.isEmpty()) {
            throw unsound(problems.list());
        }
        return value;
    }

    static Refusal unsound(List<io.laneway.router.document.tree.Problem> problems) {
        return new Refusal(
                Refusal.Kind.UNSOUND,
                problems.size() == 1 ? problems.get(0).toString() : problems.size() + " fields are wrong",
                problems);
    }
}
