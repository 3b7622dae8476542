/** A text field with a list of offers below it (ARIA combobox): arrows move, Enter or a press chooses, Escape closes. */
import { el } from "./page.js";

let serial = 0;

/**
 * - `draw(offer)` gives the nodes of an option, `choose(offer)` is called with the chosen one.
 * - `groupOf(offer)`, where there is one, names the group of an offer; those of a group must follow each other.
 *
 * `list` belongs behind the field, in something that is positioned; `offer([])` closes it, `offer(offers, note)` says
 * something above them.
 */
export function combobox(input, { labelText, draw, choose, groupOf }) {
  const id = `options-${serial += 1}`;
  let offers = [];
  let options = [];
  let active = -1;
  const list = el("div", { id, role: "listbox", "aria-label": labelText, class: "options card", hidden: true });
  const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  function offer(next, note) {
    offers = next;
    active = -1;
    options = offers.map((one, at) => el("div", {
      id: `${id}-${at}`, role: "option", "aria-selected": "false", class: "option",
      onmousedown: (event) => {
        event.preventDefault();
        choose(one);
      },
    }, draw(one)));
    list.replaceChildren(...(note ? [el("p", { class: "group-name", role: "presentation" }, note)] : []), ...(groupOf ? grouped() : options));
    list.hidden = offers.length === 0;
    input.setAttribute("aria-expanded", String(offers.length > 0));
    input.removeAttribute("aria-activedescendant");
  }

  function grouped() {
    return [...Map.groupBy(options, (_, at) => groupOf(offers[at]))].map(([name, inside]) =>
      el("div", { role: "group", "aria-label": name }, el("div", { class: "group-name", "aria-hidden": "true" }, name), inside));
  }

  function move(step) {
    options[active]?.setAttribute("aria-selected", "false");
    active = active < 0 && step < 0 ? offers.length - 1 : (active + step + offers.length) % offers.length;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `${id}-${active}`);
  }

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || offers.length === 0) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) move(steps[event.key]);
    else if (event.key === "Enter" && active >= 0) choose(offers[active]);
    else if (event.key === "Escape") offer([]);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // Before what the field itself does with a key, whichever was wired first.
  }, { capture: true });
  input.addEventListener("blur", () => offer([]));
  return { list, offer };
}
