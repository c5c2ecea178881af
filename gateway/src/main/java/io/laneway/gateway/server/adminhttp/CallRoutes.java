package io.laneway.gateway.server.adminhttp;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which handler has which method of which path. A path is compared whole, without its query and without slashes at its
 * end. Filled before it serves, unchanging then.
 */
public final class CallRoutes {

    /** Responds to a call, at once or later, once. Called on the thread of the admin interface, which it does not block. */
    @FunctionalInterface
    public interface Handler {
        void handle(AdminCall call);
    }

    private final Predicate<AdminCall> gate;
    private final Map<String, Map<String, Handler>> byPath = new HashMap<>();

    /** @param gate sees each call first; where it says false, it has responded */
    public CallRoutes(Predicate<AdminCall> gate) {
        this.gate = gate;
    }

    /** A handler of GET, and of HEAD, whose responses go without their content. */
    public void get(String path, Handler handler) {
        add("GET", path, handler);
    }

    public void post(String path, Handler handler) {
        add("POST", path, handler);
    }

    private void add(String method, String path, Handler handler) {
        byPath.computeIfAbsent(path, unused -> new HashMap<>()).put(method, handler);
    }

    void serve(AdminCall call) {
        try {
            if (gate.test(call)) {
                route(call);
            }
        } catch (UnreadableCall e) {
            call.problem(400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            call.fail(e);
        }
    }

    private void route(AdminCall call) {
        Map<String, Handler> byMethod = byPath.get(whole(call.path()));
        if (call.target().equals("*") && call.method().equals("OPTIONS")) {
            call.allowed(allowed(Set.of("GET", "POST")));
            return;
        }
        if (byMethod == null) {
            call.problem(404, "no such path here");
            return;
        }
        String method = call.method();
        Handler handler = byMethod.get(method.equals("HEAD") ? "GET" : method);
        if (handler == null) {
            call.allowed(allowed(byMethod.keySet()));
        } else if (call.isTooLong()) {
            call.problem(413, "body: too long (expected: " + AdminCall.MOST_BODY + " bytes at most)");
        } else {
            handler.handle(call);
        }
    }

    private static String allowed(Set<String> there) {
        Set<String> methods = new TreeSet<>(there);
        methods.add("OPTIONS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }

    private static String whole(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
