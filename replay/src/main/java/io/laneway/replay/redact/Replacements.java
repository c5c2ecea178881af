package io.laneway.replay.redact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Replaces the secrets of one record, and keeps where they were and the pseudonym of each, so that they can be found at
 * places that do not say what they are. Confined to one thread.
 */
final class Replacements {

    /** A record that has more places than this says so instead of naming them. */
    private static final int MAX_PLACES = 100;

    /** A shorter text may be anywhere by chance. */
    private static final int MIN_TRACED = 8;

    /** Of small letters alone, a text of less may be a word. */
    private static final int MIN_TRACED_LETTERS = 16;

    /** Secrets of earlier records that are looked for: each costs a search. */
    private static final int MAX_EARLIER = 256;

    private final Pseudonyms pseudonyms;
    private final boolean again;
    private final Set<String> places = new LinkedHashSet<>();
    private final Map<String, String> traced = new LinkedHashMap<>();
    private final LoginPackets logins = new LoginPackets();
    private final Set<String> made = new HashSet<>();

    /** @param again whether the record was redacted before, so that what is a pseudonym stays */
    Replacements(Pseudonyms pseudonyms, boolean again) {
        this.pseudonyms = pseudonyms;
        this.again = again;
    }

    /** Another record of the same WebSocket: its places are its own, and the latest secrets of those before are known. */
    void next() {
        places.clear();
        made.clear();
        Iterator<String> eldest = traced.keySet().iterator();
        while (traced.size() > MAX_EARLIER) {
            eldest.next();
            eldest.remove();
        }
    }

    /** Which logins the record's messages have had so far. */
    LoginPackets logins() {
        return logins;
    }

    /** Says that there is a secret at that place. */
    void note(String place) {
        if (places.size() < MAX_PLACES) {
            places.add(place);
        } else {
            places.add("and more");
        }
    }

    /** The pseudonym of the value, which is at that place. */
    String replace(String value, String place) {
        if (value.isEmpty() || isPseudonym(value)) {
            return value;
        }
        note(place);
        String pseudonym = pseudonyms.of(value);
        made.add(pseudonym);
        if (isDistinct(value)) {
            traced.remove(value);
            traced.put(value, pseudonym);
        }
        return pseudonym;
    }

    /** Whether the value is a pseudonym already. */
    boolean isPseudonym(String value) {
        return made.contains(value) || (again && Pseudonyms.is(value));
    }

    private static boolean isDistinct(String value) {
        return value.length() >= MIN_TRACED_LETTERS
                || (value.length() >= MIN_TRACED && value.chars().skip(1).anyMatch(c -> c < 'a' || c > 'z'));
    }

    List<String> places() {
        return List.copyOf(places);
    }

    /** Secrets and their pseudonyms, the longest first. */
    List<Map.Entry<String, String>> traced() {
        Collection<Map.Entry<String, String>> all = traced.entrySet();
        List<Map.Entry<String, String>> sorted = new ArrayList<>(all);
        sorted.sort((a, b) -> b.getKey().length() - a.getKey().length());
        return sorted;
    }
}
