import { serverSentEvents } from "/sse.js";

const byId = (id) => document.getElementById(id);
const [log, scroll, form, question, send, stop, model, latest, status] =
    ["log", "scroll", "ask", "question", "send", "stop", "model", "latest", "status"].map(byId);

const IDEAS = [
    ["Explain backpressure", "with some lines of code"],
    ["How do I know a stream is complete?", "and what happens if it is not"],
];
const SIMULATED_IDEAS = [
    ["What if there is an overload?", "529 twice, and retries you can watch"],
    ["What if I hit a rate limit?", "429, and the wait the server asks for"],
    ["What if the stream is cut?", "half an answer, kept, and an error"],
    ["What if all is down?", "an error that says what to do"],
];

/** The conversation: {role, text}. */
let turns = [];
/** What the service takes of it: its beginning is forgotten first. */
const MOST_TURNS = 200;
const MOST_CHARACTERS = 100_000;
const MOST_BYTES = 250_000;
/** The request under way, to be aborted. */
let running = null;

function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) {
        made.className = className;
    }
    if (text !== undefined) {
        made.textContent = text; // never as HTML: the text is a model's
    }
    return made;
}

/** Paragraphs, and code between fences; a last fence may still be open, and one with code on its line is none. */
class Text {
    constructor(parent) {
        this.parent = parent;
        this.all = "";
        this.drawn = [];
    }

    add(piece) {
        this.all += piece;
        // Words come faster than screens are drawn, and all of the text is looked at each time.
        this.frame ??= requestAnimationFrame(() => keepingAtEnd(() => this.draw()));
    }

    draw() {
        cancelAnimationFrame(this.frame);
        this.frame = undefined;
        const blocks = Text.blocks(this.all);
        blocks.forEach(({ tag, text }, i) => {
            if (this.drawn[i]?.tag !== tag) {
                const made = element(tag);
                if (this.drawn[i]) {
                    this.drawn[i].made.replaceWith(made);
                } else {
                    this.parent.append(made);
                }
                this.drawn[i] = { tag, made, text: "" };
            }
            if (this.drawn[i].text !== text) {
                this.drawn[i].text = text;
                this.drawn[i].made.textContent = text;
            }
        });
        this.drawn.splice(blocks.length).forEach(({ made }) => made.remove());
    }

    static blocks(all) {
        return all.split(/^```(?=[^`\n]*$)/m).flatMap((part, i) => i % 2 === 1
            ? [{ tag: "pre", text: part.replace(/^.*\n?/, "").trimEnd() }]
            : part.split(/\n{2,}/).map((text) => ({ tag: "p", text: text.replace(/^\n+|\n+$/g, "") }))
                .filter(({ text }) => text !== ""));
    }
}

/** One answer on the page. */
class Answer {
    constructor() {
        this.started = performance.now();
        this.root = element("article", "answer writing");
        this.root.setAttribute("aria-busy", "true");
        this.chips = element("ul", "chips");
        this.chips.setAttribute("aria-label", "What happened on the way");
        this.dots = element("div", "dots");
        this.dots.append(element("i"), element("i"), element("i"));
        const words = element("div", "text");
        this.meta = element("p", "meta");
        this.root.append(this.chips, this.dots, words, this.meta);
        this.text = new Text(words);
        this.clock = setInterval(() => this.tick(), 100);
        log.append(this.root);
    }

    handle({ name, data }) {
        const json = JSON.parse(data);
        if (name === "content_block_delta" && json.delta.type === "text_delta") {
            this.say(json.delta.text);
        } else if (name === "retry") {
            this.wait(json);
        } else if (name === "attempt") {
            this.resume(json.number);
        } else if (name === "message_stop") {
            this.isWhole = true;
        } else if (name === "trouble") {
            this.trouble = json;
        } else if (name === "summary") {
            this.summary = json;
        }
    }

    say(piece) {
        this.firstWord ??= performance.now() - this.started;
        this.dots.hidden = true;
        this.text.add(piece);
    }

    wait({ cause, status: code, waitMillis }) {
        const chip = element("li");
        this.waiting = { chip, what: code ? `${cause} (${code})` : cause, until: performance.now() + waitMillis };
        keepingAtEnd(() => this.chips.append(chip));
        announce(`${cause}. Trying again in ${seconds(waitMillis)}.`);
        this.tick();
    }

    resume(number) {
        if (this.waiting) {
            this.waiting.chip.textContent = `${this.waiting.what}, asked again`;
            this.waiting = null;
            announce(`Attempt ${number}.`);
        }
    }

    tick() {
        const now = performance.now();
        if (this.waiting) {
            const left = Math.max(0, this.waiting.until - now);
            this.waiting.chip.textContent = `${this.waiting.what}, again in ${seconds(left)}`;
        }
        keepingAtEnd(() => this.meta.replaceChildren(element("span", "", seconds(now - this.started))));
    }

    end(trouble, retry) {
        clearInterval(this.clock);
        this.root.classList.remove("writing");
        this.root.removeAttribute("aria-busy");
        this.dots.remove();
        if (this.waiting) {
            this.waiting.chip.textContent = this.waiting.what;
        }
        keepingAtEnd(() => {
            this.text.draw();
            // With white space in between a line may break there.
            this.meta.replaceChildren(...this.facts().flatMap((fact) => [element("span", "", fact), " "]).slice(0, -1));
            if (trouble) {
                this.root.append(troubleBox(trouble, retry));
            }
        });
    }

    facts() {
        const facts = [];
        if (this.isStopped) {
            facts.push("Stopped");
        }
        if (this.summary?.inputTokens !== undefined) {
            const about = this.summary.exact ? "" : "about ";
            facts.push(`${count(this.summary.inputTokens)} tokens in`, `${about}${count(this.summary.outputTokens)} out`);
        }
        if (this.firstWord !== undefined) {
            facts.push(`first word after ${seconds(this.firstWord)}`);
        }
        facts.push(`${seconds(performance.now() - this.started)} in all`);
        if (this.summary?.attempts > 1) {
            facts.push(`${this.summary.attempts} attempts`);
        }
        if (this.summary?.model) {
            facts.push(this.summary.model);
        }
        return facts;
    }
}

function troubleBox({ title, advice, requestId }, retry) {
    const box = element("div", "trouble");
    box.setAttribute("role", "alert");
    const words = element("p");
    words.append(element("strong", "", title), document.createTextNode(advice));
    if (requestId) {
        words.append(element("small", "", `Request ${requestId}`));
    }
    const again = element("button", "", "Try again");
    again.type = "button";
    again.addEventListener("click", retry);
    box.append(words, again);
    return box;
}

const seconds = (millis) => `${(millis / 1000).toFixed(1)} s`;
const count = (number) => number.toLocaleString("en");
const announce = (words) => { status.textContent = words; };

const isAtEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 48;

/** Who reads further up is left there. */
function keepingAtEnd(change) {
    const wasAtEnd = isAtEnd();
    change();
    if (wasAtEnd) {
        scroll.scrollTop = scroll.scrollHeight;
    }
}

function showLatest() {
    latest.hidden = isAtEnd();
}

async function refusal(response) {
    const problem = await response.json().catch(() => ({}));
    return response.status < 500
        ? { title: "This cannot be asked", advice: problem.detail ?? "The message is too long, or not understood." }
        : { title: "The service has a problem", advice: "Try again in a moment." };
}

/** The latest turns that the service takes, from a question on; the last question in any case. */
function remembered() {
    const fits = (latest) => latest.length <= MOST_TURNS
        && latest.reduce((sum, { text }) => sum + text.length, 0) <= MOST_CHARACTERS
        && new TextEncoder().encode(JSON.stringify(latest)).length <= MOST_BYTES;
    let latest = turns;
    while (latest.length > 1 && (latest[0].role !== "user" || !fits(latest))) {
        latest = latest.slice(1);
    }
    return latest;
}

/** Asks for an answer to the turns so far. */
async function ask() {
    const asked = turns;
    const answer = new Answer();
    const abort = new AbortController();
    running = abort;
    showRunning();
    announce("Waiting for an answer.");
    scroll.scrollTop = scroll.scrollHeight;
    let trouble;
    let isRefused = false;
    try {
        const response = await fetch("/api/chat", {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ model: model.value || null, turns: remembered() }),
            signal: abort.signal,
        });
        if (response.ok) {
            for await (const event of serverSentEvents(response.body)) {
                answer.handle(event);
            }
            trouble = answer.trouble ?? (answer.isWhole ? undefined
                : { title: "The connection to the service broke off", advice: "What came so far is kept. Try again." });
        } else {
            trouble = await refusal(response);
            isRefused = response.status < 500;
        }
    } catch (failure) {
        answer.isStopped = abort.signal.aborted;
        trouble = abort.signal.aborted ? undefined
            : { title: "The service cannot be reached", advice: "Is it running? Try again." };
    }
    if (turns !== asked) {
        answer.end();
        return; // a new chat has begun meanwhile
    }
    if (isRefused) {
        turns = asked.slice(0, -1); // or whatever comes next would be refused too
    } else if (answer.text.all.trim() !== "") {
        turns = [...turns, { role: "assistant", text: answer.text.all }];
    }
    answer.end(trouble, () => {
        if (!running) {
            forgetFrom(answer.root);
            turns = asked;
            ask();
        }
    });
    running = null;
    showRunning();
    announce(trouble ? "" : answer.isStopped ? "Stopped." : "The answer is complete.");
}

function forgetFrom(root) {
    while (root.nextSibling) {
        root.nextSibling.remove();
    }
    root.remove();
}

function showRunning() {
    stop.hidden = !running;
    send.hidden = !!running;
    send.disabled = question.value.trim() === "";
}

function say(text) {
    if (running || text.trim() === "") {
        return;
    }
    byId("welcome").hidden = true;
    const turn = element("div", "user");
    turn.append(element("p", "", text));
    log.append(turn);
    turns = [...turns, { role: "user", text }];
    ask();
}

function submit() {
    if (!running && question.value.trim() !== "") {
        const text = question.value;
        question.value = "";
        say(text);
    }
}

function newChat() {
    turns = [];
    running?.abort();
    running = null;
    log.replaceChildren();
    byId("welcome").hidden = false;
    showRunning();
    announce("New chat.");
    question.focus();
}

async function setUp() {
    const response = await fetch("/api/setup");
    const { isSimulated, models } = await response.json();
    model.replaceChildren(...models.map((id) => element("option", "", id)));
    model.disabled = false;
    byId("simulated").hidden = !isSimulated;
    if (isSimulated) {
        byId("lead").textContent = "Without an API key the answers are written in advance. The way to you is real.";
    }
    byId("ideas").append(...[...IDEAS, ...isSimulated ? SIMULATED_IDEAS : []].map(([idea, why]) => {
        const button = element("button", "", idea);
        button.type = "button";
        button.append(element("small", "", why));
        button.addEventListener("click", () => say(idea));
        const item = element("li");
        item.append(button);
        return item;
    }));
}

form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
});
question.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        submit();
    }
});
question.addEventListener("input", showRunning);
stop.addEventListener("click", () => {
    running?.abort();
    question.focus();
});
document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
        running?.abort();
    }
});
latest.addEventListener("click", () => { scroll.scrollTop = scroll.scrollHeight; });
scroll.addEventListener("scroll", showLatest, { passive: true });
new ResizeObserver(showLatest).observe(log);
byId("new").addEventListener("click", newChat);
showRunning();
setUp().catch(() => {
    byId("lead").textContent = "The service cannot be reached.";
    announce("The service cannot be reached.");
});
