/** Whether the name of a new model is free, said while it is typed. */
import { get, modelPath } from "./api.js";
import { el, icon } from "./page.js";
import { t } from "./strings.js";
import "./strings-uploads.js";

const QUIET = 350;
const PART = /^[a-z0-9]([a-z0-9._-]{0,126}[a-z0-9])?$/;

/** Watches both fields and says at `place` what it finds; gives what looks at once, and tells whether the name is `taken`. */
export function wireName(namespace, name, place) {
  let timer = null;
  let asking = null;

  function say(kind, ...content) {
    place.className = `hint name-state ${kind}`;
    place.replaceChildren(...content);
  }

  async function look() {
    asking?.abort();
    const [space, short] = [namespace.value.trim(), name.value.trim()];
    if (!space || !short) return say("", t("register.name.hint"));
    if (!PART.test(space) || !PART.test(short)) return say("bad", icon("warning"), t(PART.test(space) ? "name.rule" : "name.rule.namespace"));
    asking = new AbortController();
    try {
      const model = await get(modelPath(`${space}/${short}`), asking.signal);
      say("bad", icon("warning"), t("name.taken"), " ", el("a", { href: `/models/${model.name}/new-version` }, t("name.taken.version")));
      return "taken";
    } catch (error) {
      if (error.name === "AbortError") return null;
      return error.status === 404 ? say("ok", icon("check"), t("name.free")) : say("", t("register.name.hint"));
    }
  }

  for (const control of [namespace, name]) {
    control.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, QUIET);
    });
  }
  return look;
}
