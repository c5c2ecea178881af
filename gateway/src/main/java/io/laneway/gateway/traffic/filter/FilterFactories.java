package io.laneway.gateway.traffic.filter;

import io.laneway.filter.FilterFactory;
import io.laneway.router.document.tree.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The factories of filters by kind, those of the class path and of jars in a directory. Confined to one thread. */
final class FilterFactories implements AutoCloseable {

    private static final String CLASS_PATH = "the class path";

    private final List<Problem> problems;
    private final FilterJars jars;
    private final Map<String, FilterFactory> byKind = new TreeMap<>();
    private final Map<String, String> origins = new TreeMap<>();

    /**
     * Finds them.
     *
     * @param directory of jars, null for none
     * @param problems  gets what is wrong with them
     */
    FilterFactories(@Nullable Path directory, List<Problem> problems) {
        this.problems = problems;
        this.jars = new FilterJars(problems);
        add(FilterFactories.class.getClassLoader(), CLASS_PATH);
        if (directory != null) {
            jars.open(directory).forEach((entry, loader) -> {
                if (!add(loader, entry.toString())) {
                    problem(
                            entry.toString(),
                            "no filter in it",
                            "META-INF/services/" + FilterFactory.class.getName()
                                    + "; the libraries of a filter are beside it in a directory of its own");
                }
            });
        }
    }

    /** The factory of a kind, null if there is none. */
    @Nullable
    FilterFactory of(String kind) {
        return byKind.get(kind);
    }

    Set<String> kinds() {
        return byKind.keySet();
    }

    /** Whether there was one, or a problem is known that says why not. */
    private boolean add(ClassLoader loader, String origin) {
        int before = problems.size();
        List<ServiceLoader.Provider<FilterFactory>> found = new ArrayList<>();
        guarded(
                origin,
                () -> ServiceLoader.load(FilterFactory.class, loader).stream().forEach(found::add));
        found.forEach(each -> guarded(origin, () -> add(each.get(), origin)));
        return !found.isEmpty() || problems.size() > before;
    }

    /** Code of others may fail in any way. */
    private void guarded(String origin, Runnable step) {
        try {
            step.run();
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            problem(origin, "cannot be loaded: " + why, "filters made for this version of laneway-filter-api");
        }
    }

    private void add(FilterFactory factory, String origin) {
        String kind = factory.kind();
        String other = origins.putIfAbsent(kind, origin);
        if (other == null) {
            byKind.put(kind, factory);
        } else {
            problem(origin, "filters of kind " + kind + ", as in " + other, "one place for each kind");
        }
    }

    private void problem(String origin, String what, String expected) {
        problems.add(Problem.at(origin, what, expected));
    }

    @Override
    public void close() {
        jars.close();
    }
}
