package io.laneway.router.background;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DaemonThreadFactoryTest {

    @Test
    void aThreadHasTheNameRunsTheTaskAndDoesNotKeepTheProcess() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        Thread thread = new DaemonThreadFactory("laneway-test").newThread(ran::countDown);

        assertThat(thread.getName()).isEqualTo("laneway-test");
        assertThat(thread.isDaemon()).isTrue();
        thread.start();
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
