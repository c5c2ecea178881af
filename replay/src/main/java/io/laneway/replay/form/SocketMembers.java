package io.laneway.replay.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.replay.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The member {@code socket} of a line, out and in. Stateless. */
final class SocketMembers {

    private static final String CLIENT = "client";
    private static final String SERVER = "server";

    private SocketMembers() {}

    static void write(RecordedSocket socket, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("socket");
        json.writeNumberField("part", socket.part());
        if (socket.last()) {
            json.writeBooleanField("last", true);
        }
        if (socket.missed() > 0) {
            json.writeNumberField("missed", socket.missed());
        }
        json.writeArrayFieldStart("frames");
        for (RecordedFrame frame : socket.frames()) {
            write(frame, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(RecordedFrame frame, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("from", frame.client() ? CLIENT : SERVER);
        json.writeNumberField("after", BodyMembers.millis(frame.after()));
        json.writeNumberField("opcode", frame.opcode());
        if (frame.fragments() != 1) {
            json.writeNumberField("fragments", frame.fragments());
        }
        if (frame.code() != 0) {
            json.writeNumberField("code", frame.code());
        }
        BodyMembers.write(frame.payload(), json);
        json.writeEndObject();
    }

    static RecordedSocket read(JsonObject socket) {
        List<RecordedFrame> frames = new ArrayList<>();
        for (JsonObject frame : socket.objects("frames")) {
            frames.add(frame(frame));
        }
        long part = socket.whole("part", 1);
        if (part < 1) {
            throw socket.unexpected("part", part, ">= 1");
        }
        return new RecordedSocket((int) part, socket.flag("last"), socket.whole("missed", 0), frames);
    }

    private static RecordedFrame frame(JsonObject frame) {
        String from = frame.text("from");
        if (!from.equals(CLIENT) && !from.equals(SERVER)) {
            throw frame.unexpected("from", from, CLIENT + " or " + SERVER);
        }
        return new RecordedFrame(
                from.equals(CLIENT),
                BodyMembers.millis(frame, "after"),
                (int) frame.whole("opcode", 0),
                (int) frame.whole("fragments", 1),
                (int) frame.whole("code", 0),
                BodyMembers.read(frame));
    }
}
