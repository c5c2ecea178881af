package io.laneway.gateway.runtime.lifecycle;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import javax.management.JMException;

/**
 * How many file descriptors this process has open, and may have. Linux says it by {@code /proc}; other systems are asked
 * through JMX, of which some 300 classes are loaded then. Stateless.
 */
public final class FileDescriptors {

    private static final File OPEN = new File("/proc/self/fd");
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String MOST = "Max open files";

    private FileDescriptors() {}

    /** Open ones; empty where the system has no answer. */
    public static OptionalLong open() {
        String[] names = OPEN.list();
        // One of them is that of the listing.
        return names == null ? asked("OpenFileDescriptorCount") : OptionalLong.of(Math.max(0, names.length - 1));
    }

    /** The most that may be open; empty where the system has no answer. */
    public static OptionalLong most() {
        try {
            for (String line : Files.readAllLines(LIMITS, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(MOST)) {
                    return OptionalLong.of(
                            Long.parseLong(line.substring(MOST.length()).strip().split(" ", 2)[0]));
                }
            }
        } catch (IOException | NumberFormatException e) {
            // another system, or no limit
        }
        return asked("MaxFileDescriptorCount");
    }

    private static OptionalLong asked(String attribute) {
        try {
            Object value = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(ManagementFactory.getOperatingSystemMXBean().getObjectName(), attribute);
            return value instanceof Long count ? OptionalLong.of(count) : OptionalLong.empty();
        } catch (JMException e) {
            return OptionalLong.empty();
        }
    }
}
