package io.laneway.cli.redirect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A network of IP addresses. Immutable.
 *
 * @param address in its usual form
 * @param length  of the prefix, in bits
 * @param six     whether it is of IPv6
 */
record Network(String address, int length, boolean six) {

    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    @Override
    public String toString() {
        return address + "/" + length;
    }

    /** Reads {@code 10.0.0.0/8}, {@code fd00::/8} or an address alone. */
    static final class Converter implements ITypeConverter<Network> {

        @Override
        public Network convert(String value) {
            String[] parts = value.split("/", 2);
            boolean six = parts[0].indexOf(':') >= 0;
            // nothing else is an address without a look-up
            if (!parts[0].matches(six ? "[0-9A-Fa-f:.]+" : "\\d{1,3}(\\.\\d{1,3}){3}")) {
                throw unreadable(value);
            }
            try {
                String address = InetAddress.getByName(parts[0]).getHostAddress();
                int bits = six ? V6_BITS : V4_BITS;
                int length = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
                if (length < 0 || length > bits) {
                    throw unreadable(value);
                }
                return new Network(address, length, six);
            } catch (UnknownHostException | NumberFormatException e) {
                throw unreadable(value);
            }
        }

        private static TypeConversionException unreadable(String value) {
            return new TypeConversionException("'" + value + "' (expected: a network such as 10.0.0.0/8 or fd00::/8)");
        }
    }
}
