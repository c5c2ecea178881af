package io.laneway.cli.day;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Kills and stops replicas, gateways and the database at random, and fills the database's disk. Confined to one thread. */
final class DayFaults {

    private final List<DayProcess> processes;
    private final DayDatabase database;
    private final Random random;
    private final Map<String, Integer> done = new TreeMap<>();

    DayFaults(List<DayProcess> processes, DayDatabase database, Random random) {
        this.processes = List.copyOf(processes);
        this.database = database;
        this.random = random;
    }

    /** What was done how often. */
    Map<String, Integer> done() {
        return done;
    }

    /** One fault, and its end. */
    void one() throws Exception {
        List<Fault> faults = new ArrayList<>(List.of(this::kill, this::kill, this::pause, this::pause));
        faults.add(this::killDatabase);
        faults.add(this::pauseDatabase);
        if (database.mounted()) {
            faults.add(this::fillDisk);
        }
        faults.get(random.nextInt(faults.size())).happen();
    }

    private interface Fault {
        void happen() throws Exception;
    }

    /** How long a fault lasts, or the time to the next, is what chance decides here. */
    void some(int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(millis));
    }

    private void kill() throws Exception {
        DayProcess victim = processes.get(random.nextInt(processes.size()));
        count("kill " + victim);
        victim.kill();
        some(3_000);
        victim.start();
    }

    private void pause() throws Exception {
        DayProcess victim = processes.get(random.nextInt(processes.size()));
        count("stop " + victim);
        victim.pause();
        some(9_000);
        victim.resume();
    }

    private void killDatabase() throws Exception {
        count("kill database");
        database.kill();
        some(2_000);
        database.start();
    }

    private void pauseDatabase() throws Exception {
        count("stop database");
        database.pause();
        some(7_000);
        database.resume();
    }

    private void fillDisk() throws Exception {
        count("full disk");
        database.fill();
        some(5_000);
        database.empty();
    }

    private void count(String what) {
        done.merge(what, 1, Integer::sum);
    }

    /** What ended by itself runs again: a replica that found no database when it started does. */
    void revive() throws Exception {
        for (DayProcess process : processes) {
            if (!process.alive()) {
                count("gave up " + process);
                System.out.println("day: " + process + " gave up: " + process.lastWords());
                process.start();
            }
        }
    }
}
