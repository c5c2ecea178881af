package io.laneway.control.question;

import java.util.Locale;
import java.util.Optional;

/** What a question is about, and how many of its kind one replica has open at once. */
enum QuestionKind {
    /** What gateways keep of one request: each answers with one document. */
    REQUESTS(64),
    /** Requests as they finish: each answers with lines until the question is over. */
    TAIL(16);

    private final int most;

    QuestionKind(int most) {
        this.most = most;
    }

    int most() {
        return most;
    }

    /** The word in documents. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<QuestionKind> parse(String word) {
        for (QuestionKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
