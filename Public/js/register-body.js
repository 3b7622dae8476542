/** What is made of the fields and files of a registration. */
import { toast } from "./page.js";
import { t } from "./strings.js";

/** The text of a README; null, with the reason said, where it is none. */
export async function readText(file, largest) {
  const text = file.size > largest ? null : await file.text();
  const reason = text === null ? "register.readme.large" : text.includes("\ufffd") ? "register.readme.binary" : null;
  if (reason) toast(t(reason));
  return reason ? null : text;
}

/** In the glossary a line break is a pilcrow, and a bar would part singular and plural. */
export function withOutline(text, title) {
  const outline = t("readme.outline.text", { title: title || t("register.preview.title") }).replaceAll("¶", "\n").replaceAll("¦", "|");
  return text.trim() ? `${text.trimEnd()}\n\n${outline}` : outline;
}

/** The largest file's name as the name of a model; empty where there is none. */
export function nameOf(files) {
  const largest = files.toSorted((a, b) => b.size - a.size)[0];
  return (largest?.path ?? "").split("/").pop().replace(/(\.tar)?\.[^.]+$/, "").toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-").replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "");
}

/**
 * The version as the server takes it.
 *
 * - `texts`: names of the fields that are sent when something is in them.
 * - `names`: of the variants; `variantTags(name)` is their own context.
 */
export function bodyOf({ controls, texts, tags, names, variantTags, files, kept }) {
  return {
    ...Object.fromEntries(texts.map((name) => [name, controls[name].value.trim()]).filter(([, value]) => value)),
    ...(controls.readme.value.trim() && { readme: controls.readme.value }),
    ...(tags.length > 0 && { context: tags }),
    ...(controls.draft.checked && { draft: true }),
    variants: names.filter((name) => name !== "default").map((name) => ({ name, context: variantTags(name) })),
    artifacts: files.map(({ path, variant, id, digest }) => ({ path, variant: names.length === 1 ? names[0] : variant, upload: id, sha256: digest })),
    ...kept?.body(),
  };
}
