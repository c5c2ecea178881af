package io.laneway.control.event;

import io.vertx.core.json.JsonObject;

/** Sends an event to every reader. */
interface Emitter {

    void emit(String name, JsonObject data);
}
