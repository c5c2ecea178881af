package io.laneway.k8s.manifest;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders the part of Helm's language that this chart keeps to: {@code {{ .Values.a.b }}}, {@code {{ .Release.Namespace
 * }}}, and {@code {{- if .Values.a.b }}} … {@code {{- end }}} on lines of their own, not nested. Anything else fails.
 */
final class MiniHelm {

    private static final Pattern IF =
            Pattern.compile("(?ms)^\\{\\{- if \\.Values\\.([A-Za-z.]+) }}\\n(.*?)^\\{\\{- end }}\\n");
    private static final Pattern VALUE = Pattern.compile("\\{\\{ \\.Values\\.([A-Za-z.]+) }}");

    private MiniHelm() {}

    static String render(String template, Map<?, ?> values, String namespace) {
        // Every block is rendered, whatever its condition: all of the chart is to be checked.
        String text = IF.matcher(template).replaceAll(match -> {
            value(match.group(1), values);
            return Matcher.quoteReplacement(match.group(2));
        });
        text = VALUE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(String.valueOf(value(match.group(1), values))));
        text = text.replace("{{ .Release.Namespace }}", namespace);
        if (text.contains("{{")) {
            throw new IllegalArgumentException("not rendered: " + text.substring(text.indexOf("{{")));
        }
        return text;
    }

    private static Object value(String path, Map<?, ?> values) {
        Object now = values;
        for (String key : path.split("\\.")) {
            now = now instanceof Map<?, ?> map ? map.get(key) : null;
        }
        if (now == null) {
            throw new IllegalArgumentException("no value " + path);
        }
        return now;
    }
}
