package io.laneway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.console.browser.Tab;
import io.laneway.router.source.MessageLanes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of message lanes, of a broker that answers late, refuses, and changes what it says. */
class MessagesPageIT {

    @TempDir
    private static Path directory;

    private static Site site;
    private static final Broker BROKER = new Broker();

    /** A broker that a test speaks for. */
    private static final class Broker implements MessageLanes {
        private final CountDownLatch answers = new CountDownLatch(1);
        private volatile String problem = "";
        private volatile List<Group> groups = List.of();

        @Override
        public String name() {
            return "kafka broker.test:9092";
        }

        @Override
        public Look look(Set<String> lanes) {
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (!problem.isEmpty()) {
                throw new IllegalStateException(problem);
            }
            return new Look(groups, 0);
        }

        @Override
        public void close() {}
    }

    private static MessageLanes.Group lane(String slug, int members, Map<MessageLanes.Handover, Integer> handover) {
        return new MessageLanes.Group(
                slug,
                "billing",
                "billing_" + slug,
                "orders",
                members == 0 ? "Empty" : "Stable",
                members,
                12,
                0,
                34,
                handover);
    }

    @BeforeAll
    static void open() {
        site = Site.open(directory, List.of(BROKER));
    }

    @AfterAll
    static void close() {
        if (site != null) {
            BROKER.answers.countDown();
            site.close();
        }
    }

    @Test
    void itSaysWhoHandlesWhichRecordsAsThatChanges() throws IOException {
        try (Tab tab = site.tab()) {
            tab.open("/console/messages");
            tab.until("document.querySelector('main .waiting')");
            tab.sees("Findings");
            BROKER.answers.countDown();
            tab.sees("No consumer group has to do with lanes.");
            assertThat(PagesIT.barriers(tab)).isEmpty();

            BROKER.groups = List.of(
                    new MessageLanes.Group("", "billing", "billing", "orders", "Stable", 3, 12, 2, 7, Map.of()),
                    lane("f-1", 2, Map.of(MessageLanes.Handover.LANE, 11, MessageLanes.Handover.WAITING, 1)),
                    lane("f-2", 0, Map.of(MessageLanes.Handover.LANE, 12)),
                    lane("g0", 1, Map.of(MessageLanes.Handover.BOTH, 12)));
            tab.sees("11/12 the lane");
            tab.sees("1/12 the base; the lane waits for its turn");
            tab.sees("12/12 the lane but it has no members");
            tab.sees("the base does not know of the lane");
            tab.sees("laneway messages status --bootstrap broker.test:9092 --topic orders --group billing");
            assertThat(PagesIT.barriers(tab)).isEmpty();
            tab.picture(Path.of("target", "pictures", "messages-groups.png"));
            tab.viewport(390, 844);
            tab.theme(true);
            assertThat(PagesIT.barriers(tab)).isEmpty();
            assertThat(PagesIT.wide(tab)).isEmpty();
            tab.viewport(1400, 900);

            tab.fill("main input", "Group or topic", "f-2");
            tab.until(
                    "location.search === '?q=f-2' && document.querySelectorAll('main .scroll tbody tr').length === 1");
            tab.fill("main input", "Group or topic", "nowhere");
            tab.sees("No group or topic has nowhere in its name.");

            BROKER.problem = "missing right: DESCRIBE on group billing";
            tab.sees("missing right: DESCRIBE on group billing");
            assertThat(PagesIT.barriers(tab)).isEmpty();
            tab.click("nav button", "中文");
            tab.sees("在此代理应答之前");
            assertThat(tab.faults()).isEmpty();
        }
    }
}
