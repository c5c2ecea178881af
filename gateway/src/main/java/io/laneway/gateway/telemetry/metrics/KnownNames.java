package io.laneway.gateway.telemetry.metrics;

/** Which names the running table has; series of others go. Safe for many threads. */
public interface KnownNames {

    boolean service(String service);

    boolean lane(String lane);

    /** Knows every name. */
    KnownNames ALL = new KnownNames() {
        @Override
        public boolean service(String service) {
            return true;
        }

        @Override
        public boolean lane(String lane) {
            return true;
        }
    };
}
