package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Report;
import io.laneway.router.document.tree.Location;
import io.laneway.router.policy.Cors;
import io.laneway.router.text.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rules of CORS as a table has them: origins as browsers send them, methods in upper case. Stateless. */
public final class CorsFit {

    private CorsFit() {}

    /** The rules with what can match; null if no origin is left. What is left out is reported. */
    public static @Nullable Cors of(Cors read, Location at, Report report) {
        List<String> origins = new ArrayList<>();
        for (String origin : read.origins()) {
            String normal = Origin.normal(origin);
            if (normal == null) {
                report.notTaken(at, "origin '" + origin + "'", Origin.FORM);
            } else {
                origins.add(normal);
            }
        }
        return origins.isEmpty()
                ? null
                : new Cors(
                        origins,
                        said(read.methods()).stream()
                                .map(method -> method.toUpperCase(Locale.ROOT))
                                .toList(),
                        said(read.headers()),
                        read.credentials(),
                        read.maxAge());
    }

    private static List<String> said(List<String> words) {
        return words.stream().filter(word -> !word.isBlank()).toList();
    }
}
