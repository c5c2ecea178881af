package io.laneway.control.table;

import io.laneway.router.document.tree.Problem;
import java.util.List;

/** A call cannot be done, and the response says why. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String detail;
    private final transient List<Problem> problems;

    /** Why, as HTTP says it. */
    public enum Kind {
        /** What was sent is not what was expected (400). */
        MALFORMED(400),
        /** There is no such object (404). */
        ABSENT(404),
        /** It does not fit the table as it is (409). */
        CONFLICT(409),
        /** If-Match does not hold any more (412). */
        STALE(412),
        /** It would be more than can be held (413). */
        TOO_LARGE(413),
        /** It reads well and makes no sense (422). */
        UNSOUND(422),
        /** Who asks may not (403). */
        FORBIDDEN(403),
        /** As much is under way as can be (429). */
        TOO_MANY(429);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    public Refusal(Kind kind, String detail) {
        this(kind, detail, List.of());
    }

    public Refusal(Kind kind, String detail, List<Problem> problems) {
        super(detail);
        this.kind = kind;
        this.detail = detail;
        this.problems = List.copyOf(problems);
    }

    public static Refusal absent(String what) {
        return new Refusal(Kind.ABSENT, what + " is not there");
    }

    public static Refusal conflict(String detail) {
        return new Refusal(Kind.CONFLICT, detail);
    }

    public Kind kind() {
        return kind;
    }

    /** What the response says. */
    public String detail() {
        return detail;
    }

    /** The fields that are wrong, maybe none. */
    public List<Problem> problems() {
        return problems;
    }

    /** For query parameters of a call, one at least. */
    public static Refusal ofQuery(List<Problem> problems) {
        return new Refusal(
                Kind.MALFORMED,
                problems.size() == 1
                        ? "query parameter " + problems.get(0)
                        : problems.size() + " query parameters are wrong",
                problems);
    }
}
