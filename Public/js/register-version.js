/** A new version of a model: begun with what the version before has, whose files may stay or be left out. */
import { get, getText, modelPath } from "./api.js";
import { el } from "./page.js";
import { folded, visiblePath } from "./register-paths.js";
import { bytes, t } from "./strings.js";

const LOOKED_AT = 20;

/** The number after `version`, as the server counts on. */
export function nextNumber(version) {
  const [, major, minor, patch] = version.match(/^(\d+)\.(\d+)\.(\d+)/) ?? [];
  return patch === undefined ? "" : `${major}.${minor}.${Number(patch) + 1}`;
}

function order(version) {
  return version.split(/[.+-]/).slice(0, 3).reduce((sum, part) => sum * 1e6 + Number(part), 0);
}

/**
 * The model and the version to begin with, null for a model that has none.
 *
 * - `wanted`: the version that a draft began with.
 */
export async function loadBase(name, wanted) {
  const [model, { items }] = await Promise.all([get(modelPath(name)), get(`${modelPath(name, "versions")}?limit=${LOOKED_AT}`)]);
  const highest = items.map(({ version }) => version).sort((a, b) => order(b) - order(a))[0];
  const number = wanted ?? model.latest?.version ?? null;
  const version = number && await get(modelPath(name, "versions", number));
  return { model, version, next: highest ? nextNumber(highest) : "1.0.0" };
}

export async function readmeOf(name, version) {
  return version.readme ? getText(`${modelPath(name, "versions", version.version)}/readme`) : "";
}

/** The files of the version before, each with a choice; `leave` are the paths that are left out. */
export class KeptFiles {
  constructor({ place, version, leave, onChange }) {
    Object.assign(this, { place, version, onChange });
    this.leave = new Set(leave);
    const known = new Map(version.variants.flatMap(({ artifacts }) => artifacts).map((artifact) => [artifact.path, artifact]));
    this.artifacts = [...known.values()];
  }

  get kept() {
    return this.artifacts.filter(({ path }) => !this.leave.has(path));
  }

  /** What a version's JSON says of them. */
  body() {
    return this.kept.length > 0 ? { from: this.version.version, remove: [...this.leave] } : {};
  }

  /** `files` are those that come anew: one of the same path takes the place of the old. */
  show(files) {
    const anew = new Set(files.map(({ path }) => folded(path)));
    this.place.replaceChildren(el("fieldset", { class: "card kept" },
      el("legend", {}, t("kept.title", { version: this.version.version })),
      this.artifacts.map((artifact) => this.#row(artifact, anew.has(folded(artifact.path))))));
  }

  #row({ path, size }, isReplaced) {
    const toggle = (event) => {
      if (event.target.checked) this.leave.delete(path);
      else this.leave.add(path);
      this.onChange();
    };
    return el("label", { class: "choice" }, el("input", { type: "checkbox", checked: isReplaced || !this.leave.has(path), disabled: isReplaced, onchange: toggle }),
      el("span", { class: "kept-name" }, el("bdi", {}, visiblePath(path))),
      el("span", { class: "quiet" }, isReplaced ? t("kept.replaced") : this.leave.has(path) ? t("kept.left") : bytes(size)));
  }
}
