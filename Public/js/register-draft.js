/**
 * What is being written, kept in this browser: text and tags in the local storage, at once; small files in IndexedDB,
 * so that a reload need not ask for them again.
 *
 * A draft belongs to a user and to what is registered (a new model, or a version of a certain one), and is written by
 * one tab at a time.
 */
import { readStored, store } from "./strings.js";

const PREFIX = "draft.";
const KEPT_FILE = 64e6;
const KEPT_TOTAL = 512e6;
const CLAIMS = 8;
const CLAIM_WAIT = 80;

let kept = 0;

/** The drafts of the user for `model` (null for a new one), the latest first. */
export function drafts(user, model) {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(`moru.${PREFIX}`)).map((name) => name.slice(5));
  return names.map(read).filter((draft) => draft?.user === user && draft.model === model).sort((a, b) => b.at - a.at);
}

function read(name) {
  try {
    return JSON.parse(readStored(name));
  } catch {
    return null;
  }
}

/**
 * The draft to go on with and, as `isElsewhere`, whether another tab has the one that would have been.
 *
 * - `wanted`: the id of the draft that this tab had before it was loaded again.
 */
export async function openDraft(user, model, wanted) {
  let known = [];
  try {
    known = drafts(user, model);
  } catch {
    // A browser that keeps nothing: the draft lives as long as the page.
  }
  known.sort((a, b) => (b.id === wanted) - (a.id === wanted));
  let isElsewhere = false;
  for (const draft of known) {
    if (await claim(draft.id, draft.id === wanted ? CLAIMS : 1)) return { draft, isElsewhere: false, others: known.filter((other) => other !== draft) };
    isElsewhere = true;
    if (draft.id === wanted) break;
  }
  const draft = { id: Date.now().toString(36) + Math.random().toString(36).slice(2, 8), user, model, at: 0 };
  await claim(draft.id, 1);
  return { draft, isElsewhere, others: known };
}

/** Whether this tab is the one that writes the draft from now on; a tab that is being loaded again may still have it. */
async function claim(id, tries) {
  for (let left = tries; left > 0; left -= 1) {
    if (await (navigator.locks ? lock(id) : ask(id))) return true;
    if (left > 1) await pause(CLAIM_WAIT);
  }
  return false;
}

function lock(id) {
  return new Promise((resolve) => {
    navigator.locks.request(`moru-draft-${id}`, { ifAvailable: true }, (held) => {
      resolve(held !== null);
      // Held until the page goes.
      return held && new Promise(() => {});
    });
  });
}

/** Plain HTTP has no locks: then the other tabs are asked, and one that has the draft answers. */
async function ask(id) {
  const channel = new BroadcastChannel("moru-drafts");
  let isFree = true;
  channel.onmessage = ({ data }) => {
    if (data.has === id) isFree = false;
  };
  channel.postMessage({ wants: id });
  await pause(CLAIM_WAIT);
  if (!isFree) {
    channel.close();
    return false;
  }
  channel.onmessage = ({ data }) => data.wants === id && channel.postMessage({ has: id });
  return true;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Whether the browser has kept it. */
export function saveDraft(draft) {
  draft.at = Date.now();
  const text = JSON.stringify(draft);
  store(PREFIX + draft.id, text);
  return readStored(PREFIX + draft.id) === text;
}

export async function removeDraft(id) {
  store(PREFIX + id, null);
  await inFiles("readwrite", (files) => files.delete(IDBKeyRange.bound([id], [id, []]))).catch(() => {});
}

/** Keeps the bytes of a file that is not too large; a browser that refuses costs only a second choice. */
export async function keepFile(id, path, file) {
  if (file.size > KEPT_FILE || kept + file.size > KEPT_TOTAL) return;
  kept += file.size;
  await inFiles("readwrite", (files) => files.put(file, [id, path])).catch(() => {});
}

/** The file of this path; null when it has to be chosen again. */
export async function keptFile(id, path) {
  const file = await inFiles("readonly", (files) => files.get([id, path])).catch(() => null);
  if (!file) return null;
  try {
    await file.slice(0, 1).arrayBuffer();
    return file;
  } catch {
    return null;
  }
}

export async function dropFile(id, path) {
  await inFiles("readwrite", (files) => files.delete([id, path])).catch(() => {});
}

let database = null;

async function inFiles(mode, action) {
  database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("moru", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("files");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const transaction = (await database).transaction("files", mode);
  const request = action(transaction.objectStore("files"));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}
