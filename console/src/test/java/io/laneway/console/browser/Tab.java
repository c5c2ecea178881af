package io.laneway.console.browser;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.laneway.testkit.Crowd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionTimeoutException;

/** One page of a browser, used as a person would: looks, points, types. */
public final class Tab implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Map<String, Integer> CODES = Map.of(
            "Enter",
            13,
            "Escape",
            27,
            "Tab",
            9,
            "ArrowUp",
            38,
            "ArrowDown",
            40,
            "ArrowLeft",
            37,
            "ArrowRight",
            39,
            "k",
            75);
    private static final int CONTROL = 2;

    /** The first visible element with this selector whose text or name begins with that. */
    private static final String FIND = """
            (() => { const said = (el) => [el.innerText, el.getAttribute('aria-label'), el.getAttribute('title'), el.closest('label')?.innerText];
              return [...document.querySelectorAll(%s)].find((el) => el.getClientRects().length
                && said(el).some((text) => text && text.trim().startsWith(%s))); })()
            """;

    private final DevTools tools;
    private final String context;
    private final String session;
    private final String root;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    Tab(DevTools tools, String context, String session, String root) {
        this.tools = tools;
        this.context = context;
        this.session = session;
        this.root = root;
        tools.listen(session, this::event);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            send(domain + ".enable");
        }
        viewport(1400, 900);
        theme(false);
    }

    private void event(String method, JsonNode parameters) {
        if (method.equals("Runtime.exceptionThrown")) {
            faults.add(parameters.at("/exceptionDetails/exception/description").asText());
        } else if (method.equals("Log.entryAdded")
                && parameters.at("/entry/level").asText().equals("error")) {
            faults.add(parameters.at("/entry/text").asText() + " "
                    + parameters.at("/entry/url").asText());
        }
    }

    /** What went wrong in the page, such as what its policy forbade; refused calls are among them. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    private JsonNode send(String method) {
        return send(method, DevTools.JSON.createObjectNode());
    }

    private JsonNode send(String method, ObjectNode parameters) {
        return tools.send(session, method, parameters);
    }

    private static ObjectNode object() {
        return DevTools.JSON.createObjectNode();
    }

    public void viewport(int width, int height) {
        send(
                "Emulation.setDeviceMetricsOverride",
                object().put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
    }

    /** What the system likes; nothing moves by itself, so that pictures are alike. */
    public void theme(boolean dark) {
        ObjectNode media = object();
        media.putArray("features")
                .add(object().put("name", "prefers-color-scheme").put("value", dark ? "dark" : "light"))
                .add(object().put("name", "prefers-reduced-motion").put("value", "reduce"));
        send("Emulation.setEmulatedMedia", media);
    }

    /** Runs a script in each page before its own. */
    public void before(String script) {
        send("Page.addScriptToEvaluateOnNewDocument", object().put("source", script));
    }

    /** Goes to an address and waits until the page's head is there. */
    public void open(String address) {
        send("Page.navigate", object().put("url", root + address));
        until("document.readyState === 'complete' && !!document.querySelector('main h1')");
    }

    /** The value of an expression; promises are waited for. */
    public JsonNode eval(String expression) {
        JsonNode result = send(
                "Runtime.evaluate",
                object().put("expression", expression)
                        .put("returnByValue", true)
                        .put("awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + "\n" + result.get("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Waits until an expression is true. */
    public void until(String expression) {
        try {
            await().atMost(Crowd.allows(PATIENCE))
                    .ignoreExceptionsInstanceOf(IllegalStateException.class)
                    .until(() -> eval("!!(" + expression + ")").asBoolean());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(expression + "\nis not so; the page says:\n" + text() + "\n" + faults, e);
        }
    }

    /** Waits until a text is there to be read. */
    public void sees(String text) {
        until("document.body.innerText.includes(" + quoted(text) + ")");
    }

    /** All that is there to be read. */
    public String text() {
        return eval("document.body.innerText").asText();
    }

    /** Waits for an element, and clicks on its middle. */
    public void click(String selector, String text) {
        String find = FIND.formatted(quoted(selector), quoted(text));
        until(find);
        JsonNode at = eval(
                "(() => { const el = " + find + "; el.scrollIntoView({block: 'nearest'});"
                        + " const box = el.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()");
        mouse("mousePressed", at);
        mouse("mouseReleased", at);
    }

    private void mouse(String type, JsonNode at) {
        send(
                "Input.dispatchMouseEvent",
                object().put("type", type)
                        .put("x", at.get(0).asDouble())
                        .put("y", at.get(1).asDouble())
                        .put("button", "left")
                        .put("clickCount", 1));
    }

    /** Puts a text into a field in place of what is there. */
    public void fill(String selector, String name, String text) {
        click(selector, name);
        eval("document.activeElement.select?.()");
        send("Input.insertText", object().put("text", text));
    }

    /** Types a text where the cursor is. */
    public void type(String text) {
        send("Input.insertText", object().put("text", text));
    }

    public void key(String key) {
        press(key, 0);
    }

    public void control(String key) {
        press(key, CONTROL);
    }

    private void press(String key, int modifiers) {
        boolean writes = key.equals("Enter");
        for (String type : List.of(writes ? "keyDown" : "rawKeyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    object().put("type", type)
                            .put("key", key)
                            .put("code", key.length() == 1 ? "Key" + key.toUpperCase(java.util.Locale.ROOT) : key)
                            .put("windowsVirtualKeyCode", CODES.getOrDefault(key, 0))
                            .put("modifiers", modifiers)
                            .put("text", writes ? "\r" : ""));
        }
    }

    /** What the page's objects take once what is not used is gone, in bytes. */
    public long heap() {
        send("HeapProfiler.collectGarbage");
        return send("Runtime.getHeapUsage").get("usedSize").asLong();
    }

    /** Keeps a picture of what is in sight. */
    public void picture(Path file) {
        byte[] png = Base64.getDecoder()
                .decode(send("Page.captureScreenshot", object().put("format", "png"))
                        .get("data")
                        .asText());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tools.send("", "Target.disposeBrowserContext", object().put("browserContextId", context));
    }

    /** A text as JavaScript has it. */
    public static String quoted(String text) {
        return DevTools.JSON.getNodeFactory().textNode(text).toString();
    }
}
