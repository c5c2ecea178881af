package io.laneway.router.codec;

import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.Values;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.document.tree.Sequence;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.text.Slug;
import io.laneway.router.unit.Share;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of a shift. */
final class ShiftForm {

    private static final String[] SOURCES = Arrays.stream(TenantSource.Kind.values())
            .map(TenantSource.Kind::word)
            .toArray(String[]::new);

    private ShiftForm() {}

    static @Nullable Shift read(Node node, @Nullable String known, @Nullable Shift current, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String name = Identity.text(fields, "name", known);
        boolean enabled = fields.bool("enabled", current == null || current.enabled());
        List<TenantSource> tenant =
                fields.has("tenant") || current == null ? fields.list("tenant", ShiftForm::source) : current.tenant();
        List<Environment> environments =
                fields.list("environments", (item, found) -> environment(item, current, found));
        return fields.build(() -> new Shift(name, enabled, tenant, environments));
    }

    private static @Nullable TenantSource source(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String word = fields.oneOf(SOURCES);
        String name = word == null ? "" : fields.text(word);
        return fields.build(() -> new TenantSource(kind(word), name));
    }

    private static TenantSource.Kind kind(@Nullable String word) {
        for (TenantSource.Kind kind : TenantSource.Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(word + " (expected: one of " + String.join(", ", SOURCES) + ")");
    }

    private static @Nullable Environment environment(Node node, @Nullable Shift current, Problems problems) {
        Fields fields = Fields.of(node, problems);
        String lane = fields.text("lane");
        Share share = fields.share("share");
        Environment known = known(current, lane);
        Pins pins = fields.object("tenants", ShiftForm::pins, known == null ? Pins.NONE : known.tenants());
        List<SlotRange> slots = slots(fields, "slots");
        SlotShare requests = requests(fields, known == null ? SlotShare.NONE : known.requests());
        return fields.build(() -> new Environment(lane, share, pins, slots, requests));
    }

    private static SlotShare requests(Fields fields, SlotShare known) {
        Share share = fields.share("requests", known.share());
        List<SlotRange> slots = slots(fields, "requestSlots");
        return slots == null && share.equals(known.share()) ? known : new SlotShare(share, slots);
    }

    private static @Nullable List<SlotRange> slots(Fields fields, String key) {
        return fields.has(key) ? fields.list(key, ShiftForm::range) : null;
    }

    private static @Nullable Environment known(@Nullable Shift current, String lane) {
        return current == null
                ? null
                : current.environments().stream()
                        .filter(environment -> Slug.of(environment.lane()).equals(Slug.of(lane)))
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable Pins pins(Node node, Problems problems) {
        Fields fields = Fields.of(node, problems);
        List<String> include = fields.texts("include");
        List<String> exclude = fields.texts("exclude");
        return fields.build(() -> new Pins(include, exclude));
    }

    private static @Nullable SlotRange range(Node node, Problems problems) {
        int last = Share.SLOTS - 1;
        int before = problems.count();
        if (node instanceof Sequence pair && pair.items().size() == 2) {
            Integer first = Values.integer(pair.items().get(0), 0, last, problems);
            Integer end = Values.integer(pair.items().get(1), 0, last, problems);
            if (first != null && end != null && first <= end) {
                return new SlotRange(first, end);
            }
        }
        if (problems.count() == before) {
            problems.add(node, node.described(), "[first, last] with 0 <= first <= last <= 9999");
        }
        return null;
    }
}
