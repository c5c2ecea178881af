package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An idle connection on its way from the pool of one event loop to that of another which has none. Its channel leaves the
 * lender's loop and is registered with the borrower's; in between nothing of it runs on either. Each step runs on the loop
 * that it names.
 */
final class Loan extends TimerEntry {

    /** Longer than any turn of a loop that is well: then the borrower makes a connection, and takes the other when it comes. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

    /** A pool that may have a connection to give. Confined to its event loop, save for what says otherwise. */
    interface Lender {

        /** Whether it has a connection that was not used for so many nanoseconds. Any thread; another moment may differ. */
        boolean lends(long now, long unused);

        /** Runs a step on its loop; false if that has ended. Any thread. */
        boolean soon(Runnable step);

        /** Takes a connection that was not used for so long, null if there is none now. */
        @Nullable
        UpstreamConnection lend(long unused);

        /** A connection that was taken is another pool's. */
        void lent();

        /** A connection that was taken and went nowhere is to end. */
        void end(UpstreamConnection connection);
    }

    /** A pool that asks for one. Confined to its event loop, save for what says otherwise. */
    interface Borrower extends UpstreamConnection.Owner {

        /** What its loop reaches endpoints by. Any thread. */
        UpstreamEnvironment upstreams();

        /** Whose slots its connections have. */
        ConnectionSlot.Owner slots();

        /**
         * A connection that was asked for is there.
         *
         * @param late whether {@link #refused} came before
         */
        void borrowed(UpstreamConnection connection, boolean late);

        /** No connection comes in place of one that was asked for, or not soon. */
        void refused();
    }

    private final Lender lender;
    private final Borrower borrower;
    private final long age;
    private boolean over;

    /** @param age how long a connection must not have been used, in nanoseconds */
    Loan(Lender lender, Borrower borrower, long age) {
        this.lender = lender;
        this.borrower = borrower;
        this.age = age;
    }

    /** Asks for a connection; false if the lender's loop has ended. On the borrower's loop. */
    boolean begin() {
        boolean asked = lender.soon(this::take);
        if (asked) {
            loop().deadline(this, PATIENCE);
        }
        return asked;
    }

    /** On the lender's loop. */
    private void take() {
        UpstreamConnection connection = lender.lend(age);
        if (connection == null) {
            borrower.upstreams().soon(this::refuse);
            return;
        }
        Channel channel = connection.channel();
        // io_uring would begin the next read when the one under way is cancelled, and never be done
        channel.config().setAutoRead(false);
        var unused = channel.deregister().addListener(left -> left(connection, channel, left.isSuccess()));
    }

    /** On the lender's loop, which has nothing more of the channel under way: what came for it meanwhile was handled there. */
    private void left(UpstreamConnection connection, Channel channel, boolean apart) {
        ConnectionSlot slot = ConnectionSlot.of(channel);
        EventLoop to = loop().eventLoop();
        if (!apart || !connection.isIdle() || to.isShuttingDown()) {
            comeBack(connection, channel);
            borrower.upstreams().soon(this::refuse);
            return;
        }
        slot.leaveOwner();
        lender.lent();
        connection.moveTo(loop(), borrower);
        var unused = to.register(channel).addListener(here -> arrived(connection, slot, here.isSuccess()));
    }

    /** Ends a connection on which something happened while it was on its way. On the lender's loop. */
    private void comeBack(UpstreamConnection connection, Channel channel) {
        if (!channel.isOpen() || channel.isRegistered()) {
            lender.end(connection);
            return;
        }
        var unused = channel.eventLoop().register(channel).addListener(here -> lender.end(connection));
    }

    /** On the borrower's loop. */
    private void arrived(UpstreamConnection connection, ConnectionSlot slot, boolean registered) {
        slot.enterOwner(borrower.slots(), registered ? borrower.upstreams().connector() : null);
        if (registered) {
            connection.channel().config().setAutoRead(true);
            borrower.borrowed(connection, !finish());
        } else {
            refuse();
        }
        loop().flushes().flush();
    }

    /** On the borrower's loop. */
    private void refuse() {
        if (finish()) {
            borrower.refused();
        }
    }

    /** Whether it was not over. */
    private boolean finish() {
        boolean first = !over;
        over = true;
        loop().wheel().forget(this);
        return first;
    }

    private Loop loop() {
        return borrower.upstreams().loop();
    }

    @Override
    protected void expired() {
        refuse();
    }
}
