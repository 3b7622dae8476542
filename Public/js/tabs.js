/**
 * Tabs whose choice is the hash of the URL; arrow keys, Home and End move between them.
 *
 * - `onChoose(id)` is called with the id of the panel that is shown from now on.
 */
export function wireTabs(list, onChoose = () => {}) {
  const tabs = [...list.querySelectorAll("[role=tab]")];

  function choose(tab) {
    for (const other of tabs) {
      const chosen = other === tab;
      other.setAttribute("aria-selected", String(chosen));
      other.tabIndex = chosen ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).hidden = !chosen;
    }
    onChoose(tab.getAttribute("aria-controls"));
  }

  function fromHash() {
    choose(tabs.find((tab) => tab.hash === location.hash) ?? tabs[0]);
  }

  for (const tab of tabs) {
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(null, "", tab.hash);
      choose(tab);
    });
  }
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = tabs[(next + tabs.length) % tabs.length];
    tab.focus();
    tab.click();
  });
  addEventListener("hashchange", fromHash);
  fromHash();
}
