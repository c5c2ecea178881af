package io.laneway.replay.s3.credentials;

import java.io.IOException;

/** What gives out credentials for some time. Blocks for seconds at most. Safe for many threads. */
interface CredentialSource {

    /** The next ones; fails with what is wrong and where. */
    Temporary fetch() throws IOException;
}
