package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.config.AuthConfig;
import io.laneway.gateway.runtime.config.AuthConfig.KeyPart;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.util.List;

/**
 * Makes the keys of checks: of all that an authorizer gets of a request but what is of this one alone (its id, time and
 * port), less what the configuration leaves out. Confined to one event loop.
 */
final class CheckKeys {

    private static final byte END = 0;
    private static final byte LINE = 1;

    private final CheckKey key = new CheckKey();
    private final Slice slice = new Slice();
    private final boolean method;
    private final boolean host;
    private final boolean path;
    private final boolean query;
    private final boolean source;
    private final boolean all;
    private final HeaderName[] headers;

    CheckKeys(AuthConfig config, List<HeaderName> headers) {
        this.method = config.memory().key().contains(KeyPart.METHOD);
        this.host = config.memory().key().contains(KeyPart.HOST);
        this.path = config.memory().key().contains(KeyPart.PATH);
        this.query = config.memory().key().contains(KeyPart.QUERY);
        this.source = config.memory().key().contains(KeyPart.SOURCE);
        this.all = config.include().all();
        this.headers = headers.toArray(HeaderName[]::new);
    }

    /** The key of the check about a request; valid until the next one. */
    CheckKey of(ExchangeContext context, byte[] body) {
        RequestHead head = context.request();
        ExchangeFacts facts = context.facts();
        key.clear();
        if (method) {
            head.method(slice);
            part();
        }
        if (host) {
            Slice asked = facts.original.host();
            key.add(asked.array(), asked.offset(), asked.length());
            key.add(facts.original.secure() ? LINE : END);
        }
        target(head);
        if (source) {
            Slice from = facts.original.source();
            key.add(from.array(), from.offset(), from.length());
            key.add(END);
        }
        key.add(facts.service());
        key.add(END);
        key.add(facts.lane());
        key.add(END);
        facts.tenant(slice);
        part();
        String certificate = context.downstream().peer().clientCertificate();
        if (certificate != null) {
            key.add(certificate);
        }
        key.add(END);
        lines(head.lines());
        key.add(body, 0, body.length);
        key.end();
        return key;
    }

    private void part() {
        key.add(slice.array(), slice.offset(), slice.length());
        key.add(END);
    }

    private void target(RequestHead head) {
        if (!path && !query) {
            return;
        }
        head.target(slice);
        int mark = 0;
        while (mark < slice.length() && slice.array()[slice.offset() + mark] != '?') {
            mark++;
        }
        if (path) {
            key.add(slice.array(), slice.offset(), mark);
        }
        key.add(END);
        if (query) {
            key.add(slice.array(), slice.offset() + mark, slice.length() - mark);
        }
        key.add(END);
    }

    private void lines(HeaderLines lines) {
        if (all) {
            for (int line = 0; line < lines.count(); line++) {
                if (!lines.isRemoved(line)) {
                    key.add(lines.array(), lines.nameOffset(line), lines.nameLength(line));
                    value(lines, line);
                }
            }
            return;
        }
        for (HeaderName name : headers) {
            for (int line = lines.find(name, 0); line >= 0; line = lines.find(name, line + 1)) {
                value(lines, line);
            }
            key.add(END);
        }
    }

    private void value(HeaderLines lines, int line) {
        key.add(LINE);
        key.add(lines.array(), lines.valueOffset(line), lines.valueLength(line));
    }
}
