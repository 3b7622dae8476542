/** The README beside what it will look like: the server parses it, as for the model's page. */
import { previewReadme } from "./api.js";
import { el } from "./page.js";
import { readmeView } from "./readme.js";
import { t } from "./strings.js";
import "./strings-uploads.js";

const QUIET = 250;

/** Draws `textarea` into `pane` a moment after each change; gives what draws it at once. */
export function wirePreview(textarea, pane) {
  let timer = null;
  let asking = null;
  let shown = null;

  async function draw() {
    const text = textarea.value;
    if (text === shown) return;
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const view = text.trim() ? readmeView(await previewReadme(text, signal), () => null) : el("p", { class: "quiet" }, t("readme.preview.empty"));
      // The links lead away from what is being written.
      for (const link of view.querySelectorAll("a")) link.target = "_blank";
      if (!signal.aborted) show(view, text);
    } catch (error) {
      // What was shown before stays until the server answers again.
      if (error.name !== "AbortError") pane.dataset.stale = t("readme.preview.stale");
    }
  }

  function show(view, text) {
    const { scrollTop } = pane;
    pane.replaceChildren(view);
    pane.scrollTop = scrollTop;
    delete pane.dataset.stale;
    shown = text;
  }

  textarea.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, QUIET);
  });
  // As one scrolls what is written, what it looks like follows.
  textarea.addEventListener("scroll", () => {
    const range = textarea.scrollHeight - textarea.clientHeight;
    if (range > 0 && document.activeElement === textarea) pane.scrollTop = (textarea.scrollTop / range) * (pane.scrollHeight - pane.clientHeight);
  });
  return draw;
}
