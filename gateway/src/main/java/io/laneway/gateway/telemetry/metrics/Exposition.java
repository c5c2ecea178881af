package io.laneway.gateway.telemetry.metrics;

/**
 * Writes metrics as Prometheus text 0.0.4 or OpenMetrics text 1.0.0. A family is opened once and its samples follow.
 * Confined to one thread.
 */
public final class Exposition {

    /** The text forms. */
    public enum Format {
        PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
        OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        public String contentType() {
            return contentType;
        }

        /** The form that an {@code Accept} header asks for. */
        public static Format accepted(String accept) {
            return accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
        }
    }

    private static final String TOTAL = "_total";

    private final Format format;
    private final StringBuilder text = new StringBuilder(8192);
    private String family = "";

    public Exposition(Format format) {
        this.format = format;
    }

    /** Opens a family of counters, whose name ends in {@code _total}. */
    public Exposition counter(String name, String help) {
        String typed = format == Format.OPEN_METRICS ? name.substring(0, name.length() - TOTAL.length()) : name;
        return open(name, typed, "counter", help);
    }

    /** Opens a family of gauges. */
    public Exposition gauge(String name, String help) {
        return open(name, name, "gauge", help);
    }

    /** Opens a family of histograms. */
    public Exposition histogram(String name, String help) {
        return open(name, name, "histogram", help);
    }

    /** Writes a whole number with labels as name, value, name, value. */
    public void sample(long value, String... labels) {
        sample("", value, labels);
    }

    /** Writes a sample of the open family under a suffix such as {@code _bucket}. */
    public void sample(String suffix, long value, String... labels) {
        line(suffix, labels).append(value).append('\n');
    }

    /** Writes a sample that is not whole. */
    public void sample(String suffix, double value, String... labels) {
        line(suffix, labels).append(value).append('\n');
    }

    /** The text, complete. */
    public String end() {
        return format == Format.OPEN_METRICS ? text + "# EOF\n" : text.toString();
    }

    private Exposition open(String name, String typed, String type, String help) {
        family = name;
        text.append("# HELP ").append(typed).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(typed).append(' ').append(type).append('\n');
        return this;
    }

    private StringBuilder line(String suffix, String... labels) {
        text.append(family).append(suffix);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            escape(labels[i + 1]);
            text.append('"');
        }
        return text.append(labels.length == 0 ? " " : "} ");
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
    }
}
