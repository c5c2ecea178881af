package io.laneway.cli.day;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A gateway from a file. */
final class DayGateway {

    private DayGateway() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        Gateway.start(
                ConfigReader.read(Files.readAllBytes(file), file, Map.of()).orThrow(),
                GatewayEnvironment.system("day"));
        Thread.currentThread().join();
    }
}
