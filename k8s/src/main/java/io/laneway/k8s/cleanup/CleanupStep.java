package io.laneway.k8s.cleanup;

/**
 * One thing that was done, or would be. Immutable.
 *
 * @param lane   the expired lane
 * @param object such as {@code Deployment shop/order-f-1}
 * @param what   such as {@code scale to 0}
 * @param done   false in a dry run and in mode {@code report}
 */
public record CleanupStep(String lane, String object, String what, boolean done) {

    @Override
    public String toString() {
        return "lane " + lane + ": " + object + ": " + what + (done ? "" : " (not done)");
    }
}
