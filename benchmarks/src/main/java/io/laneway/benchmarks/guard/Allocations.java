package io.laneway.benchmarks.guard;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Prints the bytes that threads of another virtual machine have allocated since they began, once for each line of standard
 * input: those of its event loops, by the threads' own counters. The machine is not started in any special way: the tool
 * attaches to it. Arguments: its process id and the beginning of the threads' names.
 */
public final class Allocations {

    private Allocations() {}

    // The address is that of a process of this machine which it has just given us.
    @SuppressWarnings("BanJNDI")
    public static void main(String[] arguments) throws Exception {
        String id = arguments[0];
        String prefix = arguments[1];
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(agent(id)))) {
            MBeanServerConnection connection = connector.getMBeanServerConnection();
            ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                    connection, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (lines.readLine() != null) {
                System.out.println(allocated(threads, prefix));
            }
        }
    }

    private static String agent(String id) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(id);
        try {
            return machine.startLocalManagementAgent();
        } finally {
            machine.detach();
        }
    }

    private static long allocated(ThreadMXBean threads, String prefix) {
        long sum = 0;
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo thread = threads.getThreadInfo(id);
            if (thread != null && thread.getThreadName().startsWith(prefix)) {
                sum += Math.max(0, threads.getThreadAllocatedBytes(id));
            }
        }
        return sum;
    }
}
