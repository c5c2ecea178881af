package io.laneway.router.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.request.Authority;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What compares eight bytes a step, against what compares characters. */
class BytesMapTest {

    /** Characters that differ in the bit of capitals alone, letters and others. */
    private static final String ALPHABET = "aAzZ@`[{^~-\r:]09";

    private final Random random = new Random(8);

    private String text(int longest) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(longest + 1); left > 0; left--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** The bytes of a text somewhere in a longer array. */
    private static Slice slice(String text) {
        byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.ISO_8859_1);
        return new Slice().set(bytes, 1, bytes.length - 2);
    }

    private String variant(String text) {
        StringBuilder variant = new StringBuilder(text);
        for (int i = 0; i < variant.length(); i++) {
            if (random.nextInt(6) == 0) {
                variant.setCharAt(i, (char) (variant.charAt(i) ^ 0x20));
            }
        }
        return variant.toString();
    }

    @Test
    void findsWhatAMapOfStringsFinds() {
        for (int round = 0; round < 200; round++) {
            Map<String, Integer> entries = new HashMap<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                entries.put(text(20).toLowerCase(Locale.ROOT), i);
            }
            BytesMap<Integer> folding = BytesMap.ignoringCase(entries);
            BytesMap<Integer> exact = BytesMap.exact(entries);
            assertThat(folding.size()).isEqualTo(entries.size());
            for (String key : entries.keySet()) {
                String asked = random.nextInt(4) == 0 ? text(20) : variant(key);
                assertThat(exact.get(slice(asked))).isEqualTo(entries.get(asked));
                assertThat(folding.get(slice(asked))).isEqualTo(entries.get(asked.toLowerCase(Locale.ROOT)));
                assertThat(exact.get(key)).isEqualTo(entries.get(key));
            }
        }
    }

    @Test
    void aMapWithAndWithoutKeysIsTheMapOfTheKeysThatAreLeft() {
        Map<String, Integer> entries = new HashMap<>();
        BytesMap<Integer> map = BytesMap.ignoringCase(entries);
        for (int i = 0; i < 5_000; i++) {
            String key = "k" + random.nextInt(300);
            if (random.nextInt(2 + entries.size() / 50) == 0) {
                entries.put(key, i);
                map = map.with(key, i);
            } else {
                entries.remove(key);
                map = map.without(key);
            }
            assertThat(map.size()).isEqualTo(entries.size());
            assertThat(map.get(key)).isEqualTo(entries.get(key));
            String other = "k" + random.nextInt(300);
            assertThat(map.get(other)).isEqualTo(entries.get(other));
        }
        for (int i = 0; i < map.size(); i++) {
            assertThat(entries).containsValue(map.value(i));
        }
    }

    /** As many names in as many slots leave some 63 % of the slots taken when they fall by chance. */
    @Test
    void namesThatDifferInANumberAreSpreadOverTheSlots() {
        int slots = 1 << 13;
        for (String form :
                List.of("feature-%d", "f-%d", "%d", "service-%d.example.com", "PROJ-%06d-fix", "%d-branch")) {
            BitSet taken = new BitSet(slots);
            for (int i = 0; i < slots; i++) {
                byte[] name = form.formatted(i).getBytes(StandardCharsets.UTF_8);
                taken.set(BytesMap.hash(name, 0, name.length) & (slots - 1));
            }
            assertThat(taken.cardinality()).as(form).isBetween(slots * 60 / 100, slots * 70 / 100);
        }
    }

    @Test
    void headerNamesMatchInAnyCaseOfLettersAndNothingElse() {
        for (int round = 0; round < 20_000; round++) {
            String name = text(20);
            String wire = variant(name);
            Slice at = slice(wire);
            boolean same = wire.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
            assertThat(HeaderName.of(name).matches(at.array(), at.offset(), at.length()))
                    .as("%s %s", name, wire)
                    .isEqualTo(same);
        }
    }

    @Test
    void theHostEndsAtTheFirstColonOutsideBrackets() {
        for (int round = 0; round < 20_000; round++) {
            String authority = text(20).replace('.', 'a');
            int end = 0;
            boolean bracket = false;
            while (end < authority.length() && (bracket || authority.charAt(end) != ':')) {
                char c = authority.charAt(end++);
                bracket = c == '[' || (bracket && c != ']');
            }
            Slice host = new Slice();
            Authority.host(slice(authority), host);
            assertThat(host.length()).as(authority).isEqualTo(end);
        }
    }
}
