package io.laneway.gateway.metrics;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** The basics of the process and its virtual machine, under the names that Prometheus clients use. */
public final class ProcessMetrics implements MetricSource {

    private final String version;

    /** Metrics of this process, which runs that version of the program. */
    public ProcessMetrics(String version) {
        this.version = version;
    }

    @Override
    public void write(Exposition out) {
        out.gauge("laneway_build_info", "Always 1; the labels tell the version.");
        out.sample(1, "version", version, "java", Runtime.version().toString());
        writeProcess(out);
        writeMemory(out);
        writeCollections(out);
        out.gauge("jvm_threads_current", "Live threads.");
        out.sample(ManagementFactory.getThreadMXBean().getThreadCount());
    }

    private static void writeProcess(Exposition out) {
        out.gauge("process_start_time_seconds", "When the process started, since the epoch.");
        out.sample("", ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        ProcessHandle.current().info().totalCpuDuration().ifPresent(cpu -> {
            out.counter("process_cpu_seconds_total", "User and system time.");
            out.sample("", cpu.toNanos() / 1e9);
        });
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
            out.sample("", gc.getCollectionTime() / 1e3, "gc", gc.getName());
        }
        out.counter("jvm_gc_collections_total", "Garbage collections.");
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            out.sample(gc.getCollectionCount(), "gc", gc.getName());
        }
    }
}
