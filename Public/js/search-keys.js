/** The keyboard in lists of models. Loaded with the first key that is pressed. */

/**
 * The arrow keys, "j" and "k" go through the models found; up from the first one leads back to the search field, and so does
 * Escape. Gives what hears a key, for those that were pressed before this was loaded.
 */
export function wireKeys(field) {
  const titles = () => [...document.querySelectorAll("#results .row-title")];
  const onKey = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.keyCode === 229) return;
    const isRow = event.target.matches("#results .row-title");
    const isField = event.target === field;
    const isElsewhere = event.target.closest("input:not([type=checkbox]), textarea, select, dialog, details[open]");
    const step = isRow || isField ? { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0 : 0;
    const letter = isElsewhere ? 0 : { j: 1, k: -1 }[event.key] ?? 0;
    if (isRow && event.key === "Escape") field.focus();
    else if (step || letter) move(event, titles(), isField, step || letter);
  };
  document.addEventListener("keydown", onKey);
  return onKey;

  function move(event, all, isField, step) {
    const at = all.indexOf(document.activeElement);
    if (all.length === 0 || isField && step < 0) return;
    event.preventDefault();
    if (at === 0 && step < 0 && event.key === "ArrowUp") return field.focus();
    const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
    next.focus();
    next.closest("li").scrollIntoView({ block: "nearest" });
  }
}
