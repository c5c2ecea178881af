package io.laneway.k8s.route.rule;

import io.laneway.router.model.route.Route;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of one route object. Built while it is read, by one thread. A route object is taken whole or not at all:
 * half of its rules would send requests where they were not meant to go. A backend that cannot be used fails its part of
 * the requests, a filter that cannot be found those of its rule.
 */
public final class Verdict {

    /** Why a backend, or what a filter names, is none; the reasons of condition {@code ResolvedRefs}. */
    enum Unresolved {
        REF_NOT_PERMITTED("RefNotPermitted"),
        INVALID_KIND("InvalidKind"),
        BACKEND_NOT_FOUND("BackendNotFound"),
        INVALID_FILTER("InvalidFilter"),
        UNSUPPORTED_PROTOCOL("UnsupportedProtocol");

        private final String reason;

        Unresolved(String reason) {
            this.reason = reason;
        }
    }

    private final List<Route> routes = new ArrayList<>();
    private final List<String> unsupported = new ArrayList<>();
    private final List<String> unresolved = new ArrayList<>();
    private final Set<String> backends = new TreeSet<>();
    private String reason = "ResolvedRefs";

    public void add(Route route) {
        routes.add(route);
    }

    /** Notes what no gateway of ours can do, with its place in the object. */
    public void unsupported(String path, String what) {
        unsupported.add(path + ": " + what);
    }

    /** Notes a backend, or what a filter names, that cannot be used. */
    public void unresolved(Unresolved why, String path, String what) {
        reason = resolved() ? why.reason : reason;
        unresolved.add(path + ": " + what);
    }

    /** Notes a Service that the route may lead to, by {@code namespace/name}. */
    void backend(String key) {
        backends.add(key);
    }

    /** The Services that the route may lead to, by {@code namespace/name}, whether they are there or not. */
    public Set<String> backends() {
        return Collections.unmodifiableSet(backends);
    }

    public boolean accepted() {
        return unsupported.isEmpty();
    }

    public boolean resolved() {
        return unresolved.isEmpty();
    }

    /** The reason of condition {@code ResolvedRefs}: of the first that cannot be used, if any. */
    public String resolution() {
        return reason;
    }

    /** The routes, none unless everything is supported. */
    public List<Route> routes() {
        return accepted() ? List.copyOf(routes) : List.of();
    }

    public String unsupported() {
        return String.join("; ", unsupported);
    }

    public String unresolved() {
        return String.join("; ", unresolved);
    }
}
