package io.laneway.control.console;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which ES modules one imports, by itself and by what it imports, when it is loaded (ECMA-262, 16.2.2). Stateless. */
final class ModuleGraph {

    /** A static import or re-export at the beginning of a line or statement; {@code import(…)} is another thing. */
    private static final Pattern STATIC =
            Pattern.compile("(?:^|[;\\n}])\\s*(?:import|export)\\b[^;'\"()]*?['\"](\\.[^'\"]+)['\"]");

    private ModuleGraph() {}

    /**
     * Reads it.
     *
     * @param first   the module that is loaded
     * @param sources files by their path
     * @return paths in order, the first one among them; those that are not there are left out
     */
    static Set<String> of(String first, Map<String, byte[]> sources) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(first));
        while (!open.isEmpty()) {
            String path = open.pop();
            byte[] source = sources.get(path);
            if (source != null && found.add(path)) {
                Matcher imports = STATIC.matcher(new String(source, StandardCharsets.UTF_8));
                while (imports.find()) {
                    open.push(URI.create(path).resolve(imports.group(1)).toString());
                }
            }
        }
        return found;
    }
}
