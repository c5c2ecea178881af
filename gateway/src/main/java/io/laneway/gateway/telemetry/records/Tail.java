package io.laneway.gateway.telemetry.records;

import io.laneway.gateway.telemetry.tap.RecordFilter;

/** Finished requests as they come, in the form of the access log. Safe for many threads. */
public interface Tail {

    /** Has no requests. */
    Tail NONE = (filter, reader) -> new Open() {
        @Override
        public long dropped() {
            return 0;
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    /** Begins to hand over the requests that finish from now on and pass the filter. */
    Open open(RecordFilter filter, Reader reader);

    /** Takes lines. Called on one thread of the telemetry side, which all readers share: it must not block. */
    @FunctionalInterface
    interface Reader {

        /**
         * Takes a finished request.
         *
         * @param line one JSON object with the fields of the access log, without a line end
         * @return false if there is no room for it: it is dropped then, and counted
         */
        boolean take(String line);
    }

    /** A tail that is open. Safe for many threads. */
    interface Open extends AutoCloseable {

        /** Requests that passed the filter, or may have, and did not reach the reader. */
        long dropped();

        /** Ends it: soon nothing is handed over any more. */
        @Override
        void close();
    }
}
