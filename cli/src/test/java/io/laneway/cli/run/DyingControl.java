package io.laneway.cli.run;

import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.kafka.table.KafkaTablePublisher;
import io.laneway.kafka.table.TableTopic;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TablePublisher;
import io.laneway.router.table.delta.TableDelta;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A control API that publishes to a topic and dies, as by {@code kill -9}, at a point that its arguments name. */
final class DyingControl implements TablePublisher {

    /** When it dies. */
    enum Death {
        /** The revision is committed and not published. */
        BEFORE,
        /** It is published, and not noted yet. */
        AFTER,
        /** Not by itself. */
        NEVER
    }

    private final KafkaTablePublisher publisher;
    private final Death death;
    private int left;

    private DyingControl(KafkaTablePublisher publisher, Death death, int left) {
        this.publisher = publisher;
        this.death = death;
        this.left = left;
    }

    /** Directory, servers, topic, death, and at which publication. */
    public static void main(String[] args) throws InterruptedException {
        TableTopic topic = new TableTopic(args[1], args[2], Map.of());
        TablePublisher publisher =
                new DyingControl(new KafkaTablePublisher(topic), Death.valueOf(args[3]), Integer.parseInt(args[4]));
        ControlApi api = ControlApi.start(ControlConfig.in(Path.of(args[0]), 0).with(List.of(), List.of(publisher)));
        System.out.println("url " + api.url());
        Thread.currentThread().join();
    }

    @Override
    public String name() {
        return publisher.name();
    }

    @Override
    public CompletionStage<Long> position(String store) {
        return publisher.position(store);
    }

    @Override
    public CompletionStage<Void> snapshot(String store, LaneTable table) {
        return dying(() -> publisher.snapshot(store, table));
    }

    @Override
    public CompletionStage<Void> delta(String store, TableDelta delta) {
        return dying(() -> publisher.delta(store, delta));
    }

    private CompletionStage<Void> dying(Supplier<CompletionStage<Void>> publication) {
        boolean now = death != Death.NEVER && --left == 0;
        if (now && death == Death.BEFORE) {
            Runtime.getRuntime().halt(137);
        }
        CompletionStage<Void> done = publication.get();
        return now ? done.thenRun(() -> Runtime.getRuntime().halt(137)) : done;
    }

    @Override
    public void close() {
        publisher.close();
    }
}
