package io.laneway.kafka.lane;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the places that know the current lane. Those of frameworks that are not on the class path are left out. */
final class Holders {

    private static final Logger LOG = LoggerFactory.getLogger(Holders.class);
    private static final int MOST = 64;

    private Holders() {}

    /** Those of a type. */
    static <T> List<T> find(Class<T> type) {
        List<T> found = new ArrayList<>();
        Iterator<T> services =
                ServiceLoader.load(type, Holders.class.getClassLoader()).iterator();
        boolean more = true;
        for (int i = 0; i < MOST && more; i++) {
            try {
                more = services.hasNext();
                if (more) {
                    found.add(services.next());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                LOG.atDebug()
                        .addKeyValue("problem", e.toString())
                        .log("a holder of lanes belongs to an absent framework");
            }
        }
        return List.copyOf(found);
    }
}
