/** Uploads that take turns: two move at a time, the others wait in their order. */

const AT_ONCE = 2;
const AFTER_ONLINE = 200;

export class UploadQueue {
  #uploads = [];
  #running = new Set();

  constructor() {
    // The first request after the event mostly still fails.
    addEventListener("online", () => setTimeout(() => this.#uploads.forEach((upload) => upload.wake()), AFTER_ONLINE));
  }

  add(upload) {
    this.#uploads.push(upload);
    this.#pump();
  }

  remove(upload) {
    this.#uploads = this.#uploads.filter((other) => other !== upload);
    upload.remove();
  }

  /** Goes on with one that was paused, failed, or waits for a better connection. */
  resume(upload) {
    if (upload.state === "broken") return upload.wake();
    upload.state = "queued";
    upload.onChange(upload, false);
    this.#pump();
  }

  #pump() {
    for (const upload of this.#uploads) {
      if (this.#running.size >= AT_ONCE) return;
      if (upload.state === "queued" && !this.#running.has(upload)) this.#run(upload);
    }
  }

  async #run(upload) {
    this.#running.add(upload);
    await upload.run();
    this.#running.delete(upload);
    this.#pump();
  }
}
