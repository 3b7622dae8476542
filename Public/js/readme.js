/** A README as nodes: the server sends the parsed tree, never markup, and every string in it becomes text. */
import { el } from "./page.js";
import { t } from "./strings.js";

const ID_PREFIX = "readme-";

/** As many headings make a list of contents worth its room. */
const LONG = 4;

/** The headings of a long README as links, folded; null for a short one. */
export function readmeOutline(tree) {
  const headings = tree.children.filter(({ kind, level, id }) => kind === "heading" && level <= 3 && id);
  if (headings.length < LONG) return null;
  const top = Math.min(...headings.map(({ level }) => level));
  return el("details", { class: "outline" }, el("summary", {}, t("readme.contents")),
    el("ol", {}, headings.map(({ level, id, children }) => el("li", { class: `deep-${level - top}` }, el("a", { href: `#${ID_PREFIX}${id}` }, words(children))))));
}

function words(nodes) {
  return nodes.map((node) => node.text ?? words(node.children ?? [])).join("");
}

/**
 * - `tree` is the answer of `…/readme?format=tree`.
 * The title of the page is its h1, so headings begin at h2 whatever the README begins with.
 *
 * - `artifactAt(path)` gives the URL of an artifact of the same version, or null where there is none.
 */
export function readmeView(tree, artifactAt) {
  const levels = tree.children.filter(({ kind }) => kind === "heading").map(({ level }) => level);
  const shift = 2 - Math.min(...levels, 6);
  return el("div", { class: "readme" }, tree.children.map(block));

  function block(node) {
    switch (node.kind) {
      case "heading": return el(`h${Math.min(6, node.level + shift)}`, { id: ID_PREFIX + node.id }, inlines(node.children));
      case "paragraph": return el("p", {}, inlines(node.children));
      case "quote": return el("blockquote", {}, node.children.map(block));
      case "list": return list(node);
      case "code_block": return el("pre", { tabindex: "0" }, el("code", {}, node.text));
      case "table": return table(node);
      case "rule": return el("hr");
      default: return el("pre", { class: "plain" }, node.text);
    }
  }

  function list({ ordered, start, tight, children }) {
    return el(ordered ? "ol" : "ul", { start: ordered && start !== 1 ? String(start) : null }, children.map((item) => el("li", { class: "checked" in item ? "task" : null },
      "checked" in item && el("input", { type: "checkbox", disabled: true, checked: item.checked, "aria-label": t(item.checked ? "readme.done" : "readme.open") }),
      item.children.map((child) => (tight && child.kind === "paragraph" ? inlines(child.children) : block(child))))));
  }

  function table({ alignments, header, rows }) {
    const cells = (tag, row) => el("tr", {}, row.map((cell, at) => el(cell.length > 0 ? tag : "td", { class: alignments[at] === "none" ? null : alignments[at] }, inlines(cell))));
    return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("readme.table") }, el("table", {}, el("thead", {}, cells("th", header)), el("tbody", {}, rows.map((row) => cells("td", row)))));
  }

  function inlines(nodes) {
    return nodes.map((node) => {
      switch (node.kind) {
        case "text": return node.text;
        case "emphasis": return el("em", {}, inlines(node.children));
        case "strong": return el("strong", {}, inlines(node.children));
        case "strike": return el("del", {}, inlines(node.children));
        case "code": return el("code", {}, node.text);
        case "link": return link(node);
        case "image": return image(node);
        case "break": return el("br");
        default: return null;
      }
    });
  }

  function link({ url, title, children }) {
    if (url.startsWith("#")) return el("a", { href: `#${ID_PREFIX}${url.slice(1)}`, title }, inlines(children));
    if (/^(https?|mailto):/i.test(url)) return el("a", { href: url, title, rel: "noopener noreferrer nofollow" }, inlines(children));
    const artifact = url.startsWith("/") ? null : artifactAt(decoded(url));
    return el("a", { href: artifact ?? url, title, download: artifact && "" }, inlines(children));
  }

  function image({ path, alt, title }) {
    const source = artifactAt(path);
    return source ? el("img", { src: source, alt, title, loading: "lazy", decoding: "async" }) : el("span", { class: "quiet" }, alt || path);
  }
}

function decoded(url) {
  try {
    return decodeURIComponent(url.replace(/^\.\//, "").split(/[?#]/)[0]);
  } catch {
    return url;
  }
}
