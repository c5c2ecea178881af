package io.laneway.k8s.client;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what an API server refused for good, so that it is said once and not asked for again. What may pass the next
 * time is tried again, and said once until something else goes wrong. Safe for many threads.
 */
public final class Refusals {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);
    private static final int REMEMBERED = 4_096;

    private final Map<String, Object> refused = bounded();
    private final Set<String> said = Collections.newSetFromMap(bounded());

    /** A map that forgets its oldest entry. */
    private static <V> Map<String, V> bounded() {
        return Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > REMEMBERED;
            }
        });
    }

    /** Whether the same was refused for good before. */
    public boolean refused(String object, Object what) {
        return what.equals(refused.get(object));
    }

    /**
     * Takes note of a failed write.
     *
     * @param object what was to be written, such as {@code status of shop/order}
     * @param what   what it was to be; anything else is asked for again
     * @return whether to try the same again
     */
    public boolean failed(String object, Object what, KubernetesClientException e) {
        boolean forGood = Refused.forGood(e);
        if (forGood) {
            refused.put(object, what);
        }
        // A missing right has one text for all objects of a namespace.
        String answer = Refused.said(e);
        var level = said.add(answer) ? log.atWarn() : log.atDebug();
        level.addKeyValue("object", object)
                .addKeyValue("answer", answer)
                .log(forGood ? "refused by the API server" : "not written, will try again");
        return !forGood;
    }

    /** Takes note of a write that succeeded. */
    public void written(String object) {
        refused.remove(object);
    }
}
