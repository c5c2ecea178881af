package io.laneway.gateway.upstream;

import io.laneway.gateway.http1.Http1Settings;
import io.laneway.gateway.loop.Loop;
import io.laneway.gateway.loop.Sockets;
import io.laneway.gateway.observe.ExchangeObserver;

/** What one event loop needs to reach endpoints. Confined to that loop, save for its parts that say otherwise. */
public final class Upstreams {

    private final Loop loop;
    private final ExchangeObserver observer;
    private final Connector connector;

    public Upstreams(Loop loop, Sockets sockets, Names names, Http1Settings http1, ExchangeObserver observer) {
        this.loop = loop;
        this.observer = observer;
        this.connector = new Connector(loop, sockets, names, http1);
    }

    public Loop loop() {
        return loop;
    }

    ExchangeObserver observer() {
        return observer;
    }

    Connector connector() {
        return connector;
    }
}
