package io.laneway.control.question;

import io.laneway.control.gateways.KnownGateway;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Which gateways are asked, and which cannot be. Immutable.
 *
 * @param asked   those that are connected and know the kind of question
 * @param missing the others that are connected, or were minutes ago
 */
record Fleet(List<String> asked, List<Missing> missing) {

    Fleet {
        asked = List.copyOf(asked);
        missing = List.copyOf(missing);
    }

    static Fleet of(List<KnownGateway> known, QuestionKind kind) {
        List<String> asked = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        for (KnownGateway gateway : known) {
            if (gateway.missed()) {
                missing.add(Missing.away(gateway));
            } else if (gateway.connected() && gateway.report().questions().contains(kind.word())) {
                asked.add(gateway.id());
            } else if (gateway.connected()) {
                missing.add(Missing.old(gateway));
            }
        }
        return new Fleet(asked, missing);
    }

    static JsonArray json(List<Missing> missing) {
        JsonArray all = new JsonArray();
        missing.forEach(one -> all.add(one.json()));
        return all;
    }
}
