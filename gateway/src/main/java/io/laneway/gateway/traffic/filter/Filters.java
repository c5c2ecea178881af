package io.laneway.gateway.traffic.filter;

import io.laneway.filter.Filter;
import io.laneway.filter.FilterFactory;
import io.laneway.filter.FilterSettings;
import io.laneway.gateway.runtime.config.FilterConfig;
import io.laneway.gateway.runtime.config.GatewayConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filters of all listeners that have some. Made before a gateway takes requests, closed when it has ended. Safe for many
 * threads.
 */
public final class Filters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Filters.class);

    /** Of what a factory says: {@code key: what (expected: …)}. */
    private static final Pattern REFUSAL = Pattern.compile("(?s)([\\w.\\[\\]-]+): (.*?)(?: \\(expected: (.*)\\))?");

    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, ListenerFilters> byListener = new LinkedHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable FilterFactories factories;

    private Filters() {}

    /**
     * Makes the filters that a configuration names. Blocks. Nothing is looked for where it names none.
     *
     * @throws FilterProblems if one of them cannot be had
     */
    public static Filters open(GatewayConfig config) {
        Filters filters = new Filters();
        if (config.listeners().stream().allMatch(each -> each.filters().isEmpty())) {
            return filters;
        }
        FilterFactories factories = new FilterFactories(config.filters(), filters.problems);
        filters.factories = factories;
        for (ListenerConfig listener : config.listeners()) {
            filters.add(listener, factories);
        }
        if (!filters.problems.isEmpty()) {
            filters.close();
            throw new FilterProblems(filters.problems);
        }
        return filters;
    }

    private void add(ListenerConfig listener, FilterFactories factories) {
        List<ListenerFilter> made = new ArrayList<>();
        for (FilterConfig config : listener.filters()) {
            FilterFactory factory = factories.of(config.kind());
            if (factory == null) {
                problems.add(at(config, "filter").problem("'" + config.kind() + "'", expected(factories)));
                continue;
            }
            Filter filter = make(factory, config);
            if (filter != null) {
                made.add(new ListenerFilter(listener.name(), config, filter));
            }
        }
        if (!made.isEmpty()) {
            byListener.put(listener.name(), new ListenerFilters(made));
        }
    }

    private static String expected(FilterFactories factories) {
        return factories.kinds().isEmpty()
                ? "a filter of the class path or of a jar in filters.path: there are none"
                : "one of " + String.join(", ", factories.kinds());
    }

    private static Location at(FilterConfig config, String key) {
        return config.location().member(key, config.location().line());
    }

    /** Code of others may fail in any way. */
    private @Nullable Filter make(FilterFactory factory, FilterConfig config) {
        FilterSettings settings = FilterSettings.of(config.settings());
        Filter filter = null;
        try {
            filter = factory.create(settings);
            if (filter == null) {
                problems.add(at(config, "filter").problem("its factory makes none", "a filter"));
            }
        } catch (IllegalArgumentException e) {
            problems.add(refusal(config, String.valueOf(e.getMessage())));
            return null;
        } catch (RuntimeException | LinkageError e) {
            problems.add(at(config, "filter").problem("cannot be made: " + e, ""));
            return null;
        }
        for (String key : settings.unknown()) {
            problems.add(at(config, "settings")
                    .member(key, config.location().line())
                    .problem("unknown key", String.join(", ", settings.known())));
        }
        return filter;
    }

    private static Problem refusal(FilterConfig config, String message) {
        Matcher form = REFUSAL.matcher(message);
        if (!form.matches()) {
            return at(config, "settings").problem(message, "");
        }
        String expected = form.group(3);
        return at(config, "settings")
                .member(form.group(1), config.location().line())
                .problem(form.group(2), expected == null ? "" : expected);
    }

    /** Of a listener, null if it has none. */
    public @Nullable ListenerFilters of(String listener) {
        return byListener.get(listener);
    }

    /** All of them, by listener and in their order. */
    public List<ListenerFilter> all() {
        return byListener.values().stream()
                .flatMap(each -> each.list().stream())
                .toList();
    }

    /** Closes each filter once, however often it is called. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (ListenerFilter each : all()) {
            try {
                each.filter().close();
            } catch (RuntimeException | LinkageError e) {
                LOG.atWarn()
                        .addKeyValue("filter", each.name())
                        .addKeyValue("reason", e)
                        .log("a filter did not close");
            }
        }
        if (factories != null) {
            factories.close();
        }
    }
}
