package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.runtime.lifecycle.FileDescriptors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The basics of the process and its virtual machine, under the names that Prometheus clients use. */
public final class ProcessMetrics implements MetricSource {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long KIB = 1024;

    private final String version;

    /** Metrics of this process, which runs that version of the program. */
    public ProcessMetrics(String version) {
        this.version = version;
    }

    @Override
    public void write(Exposition out) {
        out.info("laneway_build_info", "Always 1; the labels name the version.");
        out.sample(1, "version", version, "java", Runtime.version().toString());
        writeProcess(out);
        writeMemory(out);
        writeCollections(out);
        out.gauge("jvm_threads_current", "Live threads.");
        out.sample(ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static void writeProcess(Exposition out) {
        out.gauge("process_start_time_seconds", "When the process started, since the epoch.");
        out.sample(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        ProcessHandle.current().info().totalCpuDuration().ifPresent(cpu -> {
            out.counter("process_cpu_seconds_total", "User and system time.");
            out.sample(cpu.toNanos() / 1e9);
        });
        writeDescriptors(out, "process_open_fds", "Open file descriptors.", FileDescriptors.open());
        writeDescriptors(out, "process_max_fds", "Most file descriptors that may be open.", FileDescriptors.most());
        long resident = residentBytes();
        if (resident > 0) {
            out.gauge("process_resident_memory_bytes", "Memory of the process that is in RAM.");
            out.sample(resident);
        }
    }

    private static void writeDescriptors(Exposition out, String name, String help, OptionalLong count) {
        if (count.isPresent()) {
            out.gauge(name, help);
            out.sample(count.getAsLong());
        }
    }

    /** As Linux says, 0 where another system does not. */
    private static long residentBytes() {
        try (Stream<String> lines = Files.lines(STATUS, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    private static void writeMemory(Exposition out) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
        out.gauge("jvm_memory_used_bytes", "Memory used, by area.");
        out.sample(heap.getUsed(), "area", "heap");
        out.sample(other.getUsed(), "area", "nonheap");
        out.gauge("jvm_memory_max_bytes", "Most memory that may be used.");
        out.sample(heap.getMax(), "area", "heap");
        out.gauge("jvm_buffer_pool_used_bytes", "Memory of buffers outside the heap.");
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            out.sample(pool.getMemoryUsed(), "pool", pool.getName());
        }
    }

    private static void writeCollections(Exposition out) {
        out.counter("jvm_gc_collection_seconds_total", "Time spent in garbage collections.");
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            out.sample(gc.getCollectionTime() / 1e3, "gc", gc.getName());
        }
        out.counter("jvm_gc_collections_total", "Garbage collections.");
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            out.sample(gc.getCollectionCount(), "gc", gc.getName());
        }
    }
}
