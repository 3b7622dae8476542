/** What signing out leaves of the drafts in this browser: those that somebody wrote words in. */
import { draftsOf } from "./register-draft.js";
import { removeDraft } from "./register-kept.js";

const WRITTEN = ["title", "summary", "license", "notes", "readme"];

/** Removes the user's drafts, with the copies of their files, in which nothing was written; their words stay for the user alone. */
export async function forgetWordless(user) {
  for (const draft of draftsOf(user)) if (!hasWords(draft)) await removeDraft(draft.id);
}

/** The name is made of that of a file; a new version begins with words of the one before, which count too. */
function hasWords({ fields = {}, tags = [], variantTags = {} }) {
  return WRITTEN.some((name) => fields[name]?.trim()) || [tags, ...Object.values(variantTags)].some((list) => list.length > 0);
}
