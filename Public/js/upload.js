/** One file on its way into an upload that can be resumed (tus), until the server and this browser agree on its digest. */
import { get, tus } from "./api.js";
import { digestOf, digestOfFile } from "./digest.js";

const SMALLEST_PART = 256 * 1024;
const FIRST_PART = 512 * 1024;
const LARGEST_PART = 4 << 20;
const RATE_WINDOW = 5000;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
const MOST_RESTARTS = 3;

/**
 * `state` is one of
 * - `queued`; `moving`; `verifying`; `done`;
 * - `paused` by its owner; `broken`, which goes on by itself at `retryAt`, or once the browser is online again;
 * - `signed-out`, which goes on after the sign-in; `failed` with `error`, which the server would refuse again;
 * - `lost`, when the file cannot be read any more.
 *
 * `id` names it on the server, `sent` bytes are known to be there, `digest` is what both ends counted.
 */
export class Upload {
  state = "queued";
  sent = 0;
  rate = 0;
  error = null;
  retryAt = 0;
  digest = null;
  restarted = null;
  #part = FIRST_PART;
  #samples = [];
  #failures = 0;
  #restarts = 0;
  #stop = new AbortController();
  #digesting = null;
  #wake = () => {};

  /**
   * - `onChange(upload, isProgress)` is called after each change.
   * - `askSignIn()` is fulfilled once somebody has signed in again.
   */
  constructor({ file, path, id = null, onChange, askSignIn }) {
    Object.assign(this, { file, path, id, onChange, askSignIn });
  }

  get left() {
    return this.rate > 0 ? (this.file.size - this.sent) / this.rate : null;
  }

  get isOver() {
    return ["done", "failed", "paused", "lost"].includes(this.state);
  }

  /** Runs until it is done, failed, or stopped; never throws. */
  async run() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.error = null;
    this.#failures = 0;
    while (!signal.aborted) {
      try {
        this.#become("moving");
        this.#digesting ??= digestOfFile(this.file);
        // A file that cannot be read is said where its bytes are needed.
        this.#digesting.catch(() => {});
        await this.#send(signal);
        await this.#verify(signal);
        return;
      } catch (error) {
        if (signal.aborted || error.name === "AbortError") return;
        await this.#recover(error, signal);
      }
    }
  }

  pause() {
    this.#end("paused");
  }

  /** Ends it here and on the server. */
  remove() {
    this.#end("removed");
    if (this.id) tus("DELETE", `/${this.id}`).catch(() => {});
  }

  /** Begins from nothing: the server has it no more. */
  forget(reason) {
    Object.assign(this, { id: null, sent: 0, digest: null, restarted: reason });
  }

  /** Goes on at once where it waits for a better connection. */
  wake() {
    this.#wake();
  }

  #end(state) {
    this.#stop.abort();
    this.#wake();
    this.rate = 0;
    this.#samples = [];
    this.#become(state);
  }

  #become(state, details = {}) {
    Object.assign(this, { state, ...details });
    this.onChange(this, false);
  }

  async #send(signal) {
    const { size } = this.file;
    if (this.id) this.sent = Number((await tus("HEAD", `/${this.id}`, { signal }))("Upload-Offset"));
    else await this.#create(size, signal);
    this.#samples = [];
    while (this.sent < size) {
      const from = this.sent;
      const bytes = new Uint8Array(await this.file.slice(from, from + this.#part).arrayBuffer());
      const checksum = btoa(String.fromCharCode(...await digestOf(bytes)));
      const began = performance.now();
      const answer = await tus("PATCH", `/${this.id}`, {
        headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(from), "Upload-Checksum": `sha256 ${checksum}` },
        body: bytes, signal, onProgress: (sent) => this.#progress(from + sent),
      });
      this.#progress(Number(answer("Upload-Offset")));
      this.#failures = 0;
      this.#fit(performance.now() - began);
    }
  }

  async #create(size, signal) {
    const name = btoa(String.fromCharCode(...new TextEncoder().encode(this.path)));
    const answer = await tus("POST", "", { headers: { "Upload-Length": String(size), "Upload-Metadata": `filename ${name}` }, signal });
    this.id = answer("Location").split("/").pop();
    this.sent = 0;
    this.#become("moving");
  }

  /** A part takes about a second: what a broken connection loses is little, and so is the cost of a request. */
  #fit(milliseconds) {
    if (milliseconds < 700) this.#part = Math.min(LARGEST_PART, this.#part * 2);
    else if (milliseconds > 3000) this.#part = Math.max(SMALLEST_PART, this.#part / 2);
  }

  #progress(sent) {
    const now = performance.now();
    this.sent = Math.min(sent, this.file.size);
    this.#samples.push({ now, sent });
    while (this.#samples.length > 2 && now - this.#samples[0].now > RATE_WINDOW) this.#samples.shift();
    const [first] = this.#samples;
    this.rate = now > first.now ? Math.max(0, (sent - first.sent) / (now - first.now)) * 1000 : 0;
    this.onChange(this, true);
  }

  async #verify(signal) {
    this.#become("verifying", { rate: 0 });
    const [here, there] = await Promise.all([this.#digesting, get(`/uploads/${this.id}`, signal)]);
    if (there.digest !== `sha256:${here}`) {
      tus("DELETE", `/${this.id}`).catch(() => {});
      this.#restart("differs", new Error());
      return this.#send(signal).then(() => this.#verify(signal));
    }
    this.#become("done", { digest: here, sent: this.file.size });
  }

  #restart(reason, error) {
    this.#restarts += 1;
    if (this.#restarts > MOST_RESTARTS) throw Object.assign(error, { isFinal: true });
    this.#digesting = reason === "differs" ? digestOfFile(this.file) : this.#digesting;
    this.forget(reason);
    this.#become("moving");
  }

  async #recover(error, signal) {
    this.rate = 0;
    if (error instanceof DOMException) {
      this.#stop.abort();
      return this.#become("lost");
    }
    if (error.status === 401) {
      this.#become("signed-out");
      await this.askSignIn();
      return;
    }
    if ([404, 410].includes(error.status) && this.id && this.#restarts < MOST_RESTARTS) return this.#restart("expired", error);
    if (["offset-mismatch", "checksum-mismatch"].includes(error.code) && this.#failures < 3) {
      this.#failures += 1;
      return;
    }
    const passes = error.status === 0 || error.status === 423 || error.status === 429 || (error.status >= 500 && error.status !== 507);
    if (!passes || error.isFinal) {
      this.#stop.abort();
      return this.#become("failed", { error });
    }
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures);
    this.#failures += 1;
    this.#become("broken", { error, retryAt: Date.now() + wait });
    await this.#waitFor(wait, signal);
  }

  #waitFor(milliseconds, signal) {
    if (signal.aborted) return null;
    return new Promise((resolve) => {
      const timer = navigator.onLine ? setTimeout(resolve, milliseconds) : null;
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
