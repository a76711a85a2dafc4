/**
 * Reads a stream of bytes as server-sent events, as the HTML standard says: bytes may be torn anywhere, lines end in
 * LF, CR or CRLF, several data lines make one text, what has no blank line behind it is dropped.
 *
 * @param {ReadableStream<Uint8Array>} stream the body of a response
 * @returns {AsyncGenerator<{name: string, data: string}>} leaving it early cancels the stream
 */
export async function* serverSentEvents(stream) {
    const reader = stream.getReader();
    try {
        const decoder = new TextDecoder();
        let rest = "";
        let name = "";
        let data = [];
        for (let ended = false; !ended;) {
            const piece = await reader.read();
            ended = piece.done;
            rest += decoder.decode(piece.value, { stream: !ended });
            // A CR at the very end may be the first half of a CRLF.
            const usable = ended || !rest.endsWith("\r") ? rest.length : rest.length - 1;
            const lines = rest.slice(0, usable).split(/\r\n|\n|\r/);
            rest = lines.pop() + rest.slice(usable);
            for (const line of lines) {
                const colon = line.indexOf(":");
                const field = colon < 0 ? line : line.slice(0, colon);
                const value = colon < 0 ? "" : line.slice(colon + (line[colon + 1] === " " ? 2 : 1));
                if (line === "") {
                    if (data.length > 0) {
                        yield { name: name || "message", data: data.join("\n") };
                    }
                    name = "";
                    data = [];
                } else if (field === "event") {
                    name = value;
                } else if (field === "data") {
                    data.push(value);
                }
            }
        }
    } finally {
        await reader.cancel().catch(() => {});
    }
}
