/** What the registration page needs once somebody does something there; together, so that a lost connection finds it here. */
export { bodyOf, nameOf, readText, withOutline } from "./register-body.js";
export { signInAgain } from "./register-again.js";
export { showDone } from "./register-done.js";
export { FileList } from "./register-files.js";
export { wireName } from "./register-name.js";
export { removeDraft } from "./register-kept.js";
export { Notices } from "./register-notices.js";
export { offerTags } from "./register-offers.js";
export { askToDiscard, Publication } from "./register-publish.js";
export { wirePreview } from "./register-readme.js";
export { formatsOf } from "./register-rules.js";
export { suggestions } from "./tag-suggest.js";
