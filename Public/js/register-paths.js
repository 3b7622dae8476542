/** Paths of artifacts as they are shown and compared. */

/** What cannot be seen, or turns text around; no path may hold it. */
export const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffd]/u;

/** A path as a person may look at it: what cannot be seen, or turns the text around, is shown by its number. */
export function visiblePath(path) {
  return [...path].map((character) => (INVISIBLE.test(character) ? `\\u{${character.codePointAt(0).toString(16)}}` : character)).join("");
}

/** Paths are compared as the server does: two may not differ in case only. */
export function folded(path) {
  return path.normalize("NFC").toLowerCase();
}
