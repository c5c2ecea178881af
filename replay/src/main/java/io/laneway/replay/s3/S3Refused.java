package io.laneway.replay.s3;

import java.io.IOException;

/** That a store answered a call with an error. */
public final class S3Refused extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    S3Refused(String what, int status, String code) {
        super(what + ": " + status + (code.isEmpty() ? "" : " " + code) + " (expected: 200)");
        this.status = status;
        this.code = code;
    }

    /** Of the response. */
    public int status() {
        return status;
    }

    /** The error's, such as {@code NoSuchBucket}; empty if it has none. */
    public String code() {
        return code;
    }
}
