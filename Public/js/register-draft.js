/**
 * What is being written, kept in this browser.
 *
 * A draft belongs to a user and to what is registered (a new model, or a version of a certain one), and is written by
 * one tab at a time.
 */
import { readStored, store } from "./strings.js";

export const PREFIX = "draft.";
const CLAIMS = 8;
const CLAIM_WAIT = 80;

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
 * - `wanted`: the id of the draft that this tab had before it was loaded again, or `new` for a blank one.
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
  for (const draft of wanted === "new" ? [] : known) {
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
