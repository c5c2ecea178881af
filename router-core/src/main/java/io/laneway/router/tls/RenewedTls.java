package io.laneway.router.tls;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files of TLS that are renewed while they are used, by whatever means: written over, renamed, or exchanged with a directory
 * by a symbolic link as mounted Secrets are. Files differ from those before if their content does. What is broken or half written changes
 * nothing. Safe for many threads.
 */
public final class RenewedTls {

    /** What came of a look at the files. */
    public enum Look {
        /** They are as they were at the last look. */
        SAME,
        /** They changed, and are in use. */
        RENEWED,
        /** They changed and are of no use; what was read before stays in use. */
        REFUSED
    }

    private final TlsFiles files;
    private final List<Consumer<TlsMaterial>> users = new CopyOnWriteArrayList<>();
    private @Nullable TlsContent seen;
    private volatile TlsMaterial current;
    private volatile String problem = "";
    private final AtomicLong renewals = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();

    /**
     * Reads the files; blocks on the disk.
     *
     * @throws IllegalArgumentException if one cannot be read, holds something else, or a key is not its certificate's
     */
    public RenewedTls(TlsFiles files) {
        this.files = files;
        TlsContent first = files.content();
        this.current = first.read();
        this.seen = first;
    }

    /** What is in use. */
    public TlsMaterial current() {
        return current;
    }

    /** The files. */
    public TlsFiles files() {
        return files;
    }

    /**
     * Has something use what was read, now and whenever it is renewed.
     *
     * @param user called by the thread that looks; throws an unchecked exception if it cannot use it
     */
    public synchronized void use(Consumer<TlsMaterial> user) {
        user.accept(current);
        users.add(user);
    }

    /** Reads the files again if they changed. Blocks on the disk; to be called every second or so. */
    public synchronized Look look() {
        TlsContent now = files.content();
        if (now.equals(seen)) {
            return Look.SAME;
        }
        seen = now;
        TlsMaterial read;
        try {
            read = now.read();
        } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
        String failed = "";
        for (Consumer<TlsMaterial> user : users) {
            try {
                user.accept(read);
            } catch (RuntimeException e) {
                failed = String.valueOf(e.getMessage());
            }
        }
        if (!failed.isEmpty()) {
            // Read well, so it is tried again at the next look.
            seen = null;
            return refused(failed);
        }
        current = read;
        problem = "";
        renewals.incrementAndGet();
        return Look.RENEWED;
    }

    private Look refused(String why) {
        problem = why;
        refusals.incrementAndGet();
        return Look.REFUSED;
    }

    /** Why the files as they are now are of no use; empty if they are in use. */
    public String problem() {
        return problem;
    }

    /** How many times changed files were taken. */
    public long renewals() {
        return renewals.get();
    }

    /** How many times changed files were of no use. */
    public long refusals() {
        return refusals.get();
    }
}
