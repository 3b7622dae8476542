/** The REST API: the only file that sends requests. */
import { language, readStored, store, t } from "./strings.js";

const BASE = "/api/v1";
const NOBODY = { user: null, csrf_token: null, namespaces: {} };
const SAFE = ["GET", "HEAD"];

let session = null;

/** A refusal in the server's words (RFC 9457), or a connection that failed (`code` is "offline"). */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || t("error.unknown", { status: String(status) }));
    this.status = status;
    this.code = (problem.type ?? "").split("/").pop();
    this.title = problem.title;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.instance = problem.instance;
  }

  static offline() {
    return new ApiError(0, { type: "offline", title: t("error.offline") });
  }

  static from(status, text) {
    try {
      return new ApiError(status, JSON.parse(text));
    } catch {
      return new ApiError(status, {});
    }
  }
}

/** `/models/{ns}/{name}` and below, each part encoded; empty parts are left out. */
export function modelPath(name, ...parts) {
  return ["/models", ...name.split("/").map(encodeURIComponent), ...parts.map(encodeURIComponent)].join("/");
}

/** The URL of an artifact's bytes, relative to the origin. */
export function artifactURL(name, version, path, variant) {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const query = variant ? `?variant=${encodeURIComponent(variant)}` : "";
  return `${BASE}${modelPath(name, "versions", version, "artifacts")}/${encoded}${query}`;
}

export function archiveURL(name, version, variant) {
  const query = variant ? `?variant=${encodeURIComponent(variant)}` : "";
  return `${BASE}${modelPath(name, "versions", version, "archive.zip")}${query}`;
}

async function headersFor(method, type) {
  const headers = { "Accept-Language": language };
  if (type) headers["Content-Type"] = type;
  if (!SAFE.includes(method)) headers["X-CSRF-Token"] = (await currentSession()).csrf_token ?? "";
  return headers;
}

/**
 * The body of the answer as text, with its entity tag.
 *
 * - `ifMatch`: the entity tag of what is changed; the server refuses with 412 when it is another by now.
 */
function send(method, path, options = {}) {
  return withCurrentToken(() => sendOnce(method, path, options));
}

/**
 * Who signs in again in another tab gets another CSRF token: then it is asked for, and the request sent again. What one
 * person began is not done in the name of another who signed in since.
 */
async function withCurrentToken(request) {
  const before = await session?.catch(() => null);
  try {
    return await request();
  } catch (error) {
    if (error.code !== "csrf-failed") throw error;
    session = null;
    const { user } = await currentSession({ certain: true });
    if (before?.user && user?.username !== before.user.username) throw error;
    return request();
  }
}

async function sendOnce(method, path, { body, type = "application/json", ifMatch, signal }) {
  const headers = await headersFor(method, body === undefined ? null : type);
  if (ifMatch) headers["If-Match"] = ifMatch;
  let response, text;
  try {
    response = await fetch(BASE + path, {
      method, headers, signal,
      body: typeof body === "string" || body === undefined ? body : JSON.stringify(body),
    });
    text = await response.text();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw ApiError.offline();
  }
  if (!response.ok) throw ApiError.from(response.status, text);
  return { text, tag: response.headers.get("ETag") };
}

/** Calls `onLine` with each line of an answer in JSON lines, as it comes. */
export async function getLines(path, onLine, signal) {
  let response;
  let rest = "";
  try {
    response = await fetch(BASE + path, { headers: await headersFor("GET"), signal });
    if (response.ok) {
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const lines = (rest + part.value).split("\n");
        rest = lines.pop();
        for (const line of lines.filter(Boolean)) onLine(JSON.parse(line));
      }
    }
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw ApiError.offline();
  }
  if (!response.ok) throw ApiError.from(response.status, await response.text());
}

async function sendJSON(method, path, options) {
  const { text } = await send(method, path, options);
  return text ? JSON.parse(text) : null;
}

export const get = (path, signal) => sendJSON("GET", path, { signal });
export const getText = async (path) => (await send("GET", path)).text;
export const post = (path, body) => sendJSON("POST", path, { body });
export const put = (path, body) => sendJSON("PUT", path, { body });
export const patch = (path, body, ifMatch) => sendJSON("PATCH", path, { body, type: "application/merge-patch+json", ifMatch });
export const remove = (path) => sendJSON("DELETE", path);

/** What is there and, as `tag`, the entity tag to change it with. */
export async function getWithTag(path) {
  const { text, tag } = await send("GET", path);
  return { ...JSON.parse(text), tag };
}

/**
 * Who is signed in. A browser that never signed in is not asked about: that saves the first view a request.
 *
 * - `certain`: ask the server in any case.
 */
export async function currentSession({ certain = false } = {}) {
  if (!certain && !readStored("signed-in")) return NOBODY;
  session ??= get("/me").then((answer) => remember(answer));
  return session.catch((error) => {
    session = null;
    if (error.status === 401) return remember(NOBODY);
    throw error;
  });
}

function remember(answer) {
  store("signed-in", answer.user ? "yes" : null);
  return answer;
}

export async function signIn(username, password) {
  return startSession(await post("/session", { username, password }));
}

/** The first administrator, by the one-time link that the server printed; the account gets the language of the page. */
export async function setUp(account) {
  startSession(await post("/setup", account));
  // The account is there even when this fails.
  await patch("/me", { language }).catch(() => {});
}

/** What an invitation or reset link is for, and for whom. */
export const lookUpLink = (token) => post("/links/lookup", { token });

/** Sets a password by an invitation or reset link, and signs in. */
export async function redeemLink(account) {
  startSession(await post("/links/redeem", account));
}

/** The account's language holds where the browser's owner reads it and chose no other. */
function startSession(answer) {
  remember(answer);
  const { language: wanted } = answer.user;
  if (!readStored("language") && navigator.languages.some((tag) => tag.startsWith(wanted))) store("language", wanted);
  session = null;
}

/** Asks again who is signed in, after a change of the account. */
export function refreshSession() {
  session = null;
  return currentSession({ certain: true });
}

export async function signOut() {
  await remove("/session");
  remember(NOBODY);
  session = null;
}

/** The block tree of a README that is being written. */
export const previewReadme = async (text, signal) => JSON.parse((await send("POST", "/readme/preview", { body: text, type: "text/markdown", signal })).text);

/**
 * One request to the uploads that can be resumed (tus 1.0.0); gives what tells the header fields of the answer.
 *
 * - `onProgress(sent)` counts bytes of the body.
 */
export function tus(method, path, options = {}) {
  return withCurrentToken(() => sendToUploads(method, path, options));
}

async function sendToUploads(method, path, { headers = {}, body, onProgress, signal }) {
  const all = { ...await headersFor(method), "Tus-Resumable": "1.0.0", ...headers };
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    // Only this kind of request tells how much of its body has left.
    const request = new XMLHttpRequest();
    request.open(method, `${BASE}/uploads${path}`);
    for (const [field, value] of Object.entries(all)) request.setRequestHeader(field, value);
    if (onProgress) request.upload.onprogress = (event) => onProgress(event.loaded);
    const abort = () => request.abort();
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve((field) => request.getResponseHeader(field));
      else reject(ApiError.from(request.status, request.responseText));
    };
    request.onerror = () => reject(ApiError.offline());
    request.onabort = () => reject(new DOMException("", "AbortError"));
    request.onloadend = () => signal?.removeEventListener("abort", abort);
    signal?.addEventListener("abort", abort);
    request.send(body);
  });
}
