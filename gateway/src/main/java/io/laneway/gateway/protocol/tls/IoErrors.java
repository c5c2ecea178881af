package io.laneway.gateway.protocol.tls;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;

/** Which errors of a channel are its connection's and no bug: those of TLS come wrapped by Netty. Stateless. */
public final class IoErrors {

    private IoErrors() {}

    /** Whether it is one. */
    public static boolean is(Throwable error) {
        return error instanceof IOException
                || (error instanceof DecoderException && error.getCause() instanceof IOException);
    }
}
