package io.laneway.gateway.runtime.config;

/** Which of the carriers that clients send name a lane on a listener; {@code lanes} of its configuration. */
public enum CarrierRule {
    /** All of them: {@code true}. */
    ALL,
    /** None, shifts alone decide: {@code false}. */
    NONE,
    /** Those that a signed link covers. */
    SIGNED
}
