/** Bytes of the files of a draft, kept in this browser where they are not too many: a reload then need not ask for them. */
import { PREFIX } from "./register-draft.js";
import { store } from "./strings.js";

const KEPT_FILE = 64e6;
const KEPT_TOTAL = 512e6;

let kept = 0;

/** The draft with all its files. */
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
