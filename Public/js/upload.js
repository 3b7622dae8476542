/** One multipart request that publishes a version, and what is told about it on the way. */
import { publish } from "./api.js";
import { bytes, t } from "./strings.js";

const WINDOW = 5000;
const HASHED_HERE = 64 * 1024 * 1024;

/**
 * The body: fields first, then the files, each variant's name before its files, as the server reads them in one pass.
 *
 * Files that fit in memory are hashed here too, so that the server refuses what changed on the way.
 *
 * - `fields` is a list of pairs; `variants` a list of `{name, context, files: [{path, file}]}`.
 */
export async function versionForm({ fields, readme, variants }) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  if (readme) form.append("readme", new Blob([readme], { type: "text/markdown" }), "README.md");
  for (const { name, context, files } of variants) {
    form.append("variant", name);
    for (const tag of context) form.append("context", tag);
    for (const { path, file } of files) {
      const digest = file.size <= HASHED_HERE && await sha256(file);
      if (digest) form.append("sha256", digest);
      form.append("artifact", file, path);
    }
  }
  return form;
}

/** Nothing on plain HTTP outside of this machine: browsers keep their cryptography for secure origins. */
async function sha256(file) {
  if (!crypto.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Sends the form; `onState` gets `{sent, total, rate, left}` – bytes, bytes per second, seconds – and at the end of the
 * bytes `verifying`, while the server makes them durable.
 */
export function upload(name, form, { onState, signal }) {
  const samples = [];
  return publish(name, form, {
    signal,
    onProgress(sent, total) {
      const now = performance.now();
      samples.push({ now, sent });
      while (samples.length > 2 && now - samples[0].now > WINDOW) samples.shift();
      const seconds = (now - samples[0].now) / 1000;
      const rate = seconds > 0 ? (sent - samples[0].sent) / seconds : 0;
      onState({ sent, total, rate, left: rate > 0 ? (total - sent) / rate : null, verifying: sent >= total });
    },
  });
}

/** "11 MB / 12.2 MB · 4.4 MB/s · 1 s left" */
export function progressWords({ sent, total, rate, left, verifying }) {
  if (verifying) return t("upload.verifying");
  const parts = [`${bytes(sent)} / ${bytes(total)}`];
  if (rate > 0) parts.push(`${bytes(Math.round(rate))}/s`);
  if (left !== null) parts.push(left < 90 ? t("upload.seconds", { n: Math.ceil(left) }) : t("upload.minutes", { n: Math.ceil(left / 60) }));
  return parts.join(" · ");
}
