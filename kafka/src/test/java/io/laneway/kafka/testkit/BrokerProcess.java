package io.laneway.kafka.testkit;

import kafka.Kafka;
import kafka.tools.StorageTool;

/** The broker's process: formats its storage at the first start, and runs it. One process for both is quicker. */
final class BrokerProcess {

    private BrokerProcess() {}

    /** The path of {@code server.properties} is the argument. */
    public static void main(String[] arguments) {
        String[] format = {
            "format", "--ignore-formatted", "--cluster-id", "4L6g3nShT-eMCtK--X86sw", "--config", arguments[0]
        };
        int exit = StorageTool.execute(format, System.out);
        if (exit != 0) {
            System.exit(exit);
        }
        Kafka.main(arguments);
    }
}
