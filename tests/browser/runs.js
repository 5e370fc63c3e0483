// What the page knows of its script's runs, for `settled`: the socket tells when one is
// asked for, begins and ends. Until the first has begun, one is due. A run of a fragment is
// only wished for: the server is silent where the fragment has gone with its page.
(() => {
    // Fields of Streamlit's messages, and of what RERUN_SCRIPT holds.
    const RERUN_SCRIPT = 11, FRAGMENT = 5, NEW_SESSION = 4, SCRIPT_FINISHED = 6;
    const runs = (window.scriptRuns = {
        due: true, running: false, changed: 0, touched: 0, wished: -Infinity,
    });

    // The first of the wanted fields in a protocol buffer, passing over what stands before it,
    // and its bytes if it has any.
    function field(data, wanted) {
        const bytes = data instanceof Uint8Array ? data : new Uint8Array(data);
        let at = 0;
        const number = () => {
            let value = 0, place = 1, byte;
            do {
                byte = bytes[at++];
                value += (byte & 127) * place;
                place *= 128;
            } while (byte & 128);
            return value;
        };
        while (at < bytes.length) {
            const key = number(), name = Math.floor(key / 8);
            const length = key % 8 === 2 ? number() : 0;
            if (wanted.includes(name)) return [name, bytes.subarray(at, at + length)];
            if (key % 8 === 0) number();
            else if (key % 8 !== 2) return [];
            at += length;
        }
        return [];
    }

    window.WebSocket = class extends WebSocket {
        constructor(...words) {
            super(...words);
            this.addEventListener("message", ({ data }) => {
                const [name] = field(data, [NEW_SESSION, SCRIPT_FINISHED]);
                if (name === NEW_SESSION) {
                    Object.assign(runs, { due: false, running: true, wished: -Infinity });
                }
                if (name === SCRIPT_FINISHED) runs.running = false;
                if (name) runs.changed = performance.now();
            });
        }

        send(data) {
            const [asked, state] = field(data, [RERUN_SCRIPT]);
            if (asked && field(state, [FRAGMENT]).length) runs.wished = performance.now();
            else if (asked) runs.due = true;
            super.send(data);
        }
    };

    for (const event of ["pointerup", "keydown", "input", "change"]) {
        addEventListener(event, () => (runs.touched = performance.now()), true);
    }
})();
