package io.laneway.cli.messages;

import io.laneway.cli.remote.CommandFailed;
import io.laneway.cli.remote.Format;
import io.laneway.kafka.status.MessagesStatus;
import io.laneway.kafka.status.MessagesStatus.Group;
import io.laneway.router.unit.Durations;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code laneway messages status}: who handles which records of a topic. */
@Command(
        name = "messages",
        description = "Looks at message lanes on Kafka.",
        mixinStandardHelpOptions = true,
        subcommands = MessagesCommand.Status.class)
final class MessagesCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no verb (expected: status)");
    }

    /** {@code laneway messages status --topic T --group G}. */
    @Command(
            name = "status",
            description = "Shows the base group and its lanes' groups: members, lag, watermarks.",
            mixinStandardHelpOptions = true)
    static final class Status implements Runnable {

        @Spec
        private CommandSpec spec;

        @Option(names = "--topic", required = true)
        private String topic;

        @Option(names = "--group", required = true, description = "the base group")
        private String group;

        @Option(
                names = "--bootstrap",
                paramLabel = "SERVERS",
                description = "Kafka's bootstrap servers (default: ${DEFAULT-VALUE})",
                defaultValue = "127.0.0.1:9092")
        private String servers;

        @Option(names = "--property", paramLabel = "KEY=VALUE", description = "a property of the Kafka client")
        private Map<String, String> properties = Map.of();

        @Option(
                names = {"-o", "--output"},
                description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
                defaultValue = "table")
        private Format output;

        @Option(names = "--totals", description = "a row for each lane instead of each of its partitions")
        private boolean totals;

        @Option(
                names = "--watch",
                paramLabel = "EVERY",
                arity = "0..1",
                fallbackValue = "2s",
                description = "shows it again and again, every 2s or as said, until it is interrupted")
        private @Nullable String watch;

        @Override
        public void run() {
            Duration every = every();
            Map<String, Object> client = new HashMap<>(properties);
            client.put("bootstrap.servers", servers);
            try (Admin admin = Admin.create(client)) {
                show(admin);
                while (every != null) {
                    TimeUnit.NANOSECONDS.sleep(every.toNanos());
                    show(admin);
                }
            } catch (InterruptedException | InterruptException e) {
                Thread.currentThread().interrupt();
            } catch (KafkaException e) {
                throw new CommandFailed("Kafka at " + servers + ": " + e.getMessage());
            }
        }

        private @Nullable Duration every() {
            if (watch == null) {
                return null;
            }
            try {
                return Durations.parse(watch);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--watch: " + e.getMessage(), e);
            }
        }

        private void show(Admin admin) {
            List<Group> groups = MessagesStatus.report(admin, topic, group);
            PrintWriter out = spec.commandLine().getOut();
            if (!totals) {
                out.println(output.show(
                        rows(groups),
                        "lane",
                        "group",
                        "state",
                        "members",
                        "partition",
                        "committed",
                        "end",
                        "lag",
                        "watermark"));
            }
            if (totals || output == Format.table) {
                out.println(output.show(
                        totals(groups), "lane", "group", "state", "members", "partitions", "lag", "without"));
            }
            out.flush();
        }

        /** A row for each group; {@code without} are partitions of which it has committed nothing. */
        private static JsonArray totals(List<Group> groups) {
            JsonArray rows = new JsonArray();
            for (Group each : groups) {
                long without = each.partitions().stream()
                        .filter(partition -> partition.committed().isEmpty())
                        .count();
                rows.add(new JsonObject()
                        .put("lane", lane(each))
                        .put("group", each.group())
                        .put("state", each.state())
                        .put("members", each.members())
                        .put("partitions", each.partitions().size())
                        .put("lag", each.lag())
                        .put("without", without));
            }
            return rows;
        }

        private static String lane(Group group) {
            return group.lane().isEmpty() ? "(base)" : group.lane();
        }

        /** A row for each partition of each group. */
        private static JsonArray rows(List<Group> groups) {
            JsonArray rows = new JsonArray();
            for (Group each : groups) {
                for (MessagesStatus.Partition partition : each.partitions()) {
                    rows.add(new JsonObject()
                            .put("lane", lane(each))
                            .put("group", each.group())
                            .put("state", each.state())
                            .put("members", each.members())
                            .put("partition", partition.partition())
                            .put(
                                    "committed",
                                    partition.committed().isPresent()
                                            ? partition.committed().getAsLong()
                                            : null)
                            .put("end", partition.end())
                            .put("lag", partition.lag())
                            .put("watermark", partition.watermark().isEmpty() ? null : partition.watermark()));
                }
            }
            return rows;
        }
    }
}
