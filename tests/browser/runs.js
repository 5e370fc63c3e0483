// What the page knows of its script's runs, for `settled`: the socket tells when one is
// asked for, begins and ends. Until the first has begun, one is due.
(() => {
    const RERUN_SCRIPT = 11, NEW_SESSION = 4, SCRIPT_FINISHED = 6; // fields of Streamlit's messages
    const runs = (window.scriptRuns = { due: true, running: false, changed: 0, touched: 0 });

    // The first of the wanted fields in a protocol buffer, passing over what stands before it.
    function field(data, wanted) {
        const bytes = new Uint8Array(data);
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
            if (wanted.includes(name)) return name;
            if (key % 8 === 2) at += number();
            else if (key % 8 === 0) number();
            else return undefined;
        }
        return undefined;
    }

    window.WebSocket = class extends WebSocket {
        constructor(...words) {
            super(...words);
            this.addEventListener("message", ({ data }) => {
                const name = field(data, [NEW_SESSION, SCRIPT_FINISHED]);
                if (name === NEW_SESSION) Object.assign(runs, { due: false, running: true });
                if (name === SCRIPT_FINISHED) runs.running = false;
                if (name) runs.changed = performance.now();
            });
        }

        send(data) {
            if (field(data, [RERUN_SCRIPT])) runs.due = true;
            super.send(data);
        }
    };

    for (const event of ["pointerup", "keydown", "input", "change"]) {
        addEventListener(event, () => (runs.touched = performance.now()), true);
    }
})();
