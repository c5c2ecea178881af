package io.laneway.cli.redirect;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Ports from one to another. Immutable. */
record PortRange(int first, int last) {

    private static final int MOST = 65_535;

    PortRange {
        if (first < 1 || last > MOST || first > last) {
            throw new IllegalArgumentException(first + "-" + last + " (expected: 1 to 65535)");
        }
    }

    static PortRange of(int port) {
        return new PortRange(port, port);
    }

    /** {@code 22} or {@code 8000-8080}, with what stands between the two. */
    String text(String to) {
        return first == last ? String.valueOf(first) : first + to + last;
    }

    /** Reads {@code 22} or {@code 8000-8080}. */
    static final class Converter implements ITypeConverter<PortRange> {

        @Override
        public PortRange convert(String value) {
            String[] ends = value.split("-", 2);
            try {
                return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + value + "' (expected: a port such as 22, or 8000-8080)");
            }
        }
    }
}
