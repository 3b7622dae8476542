/** What the page registers, known before it is painted: a new model, or a version of the one that its address names. */
// Not decoded: names hold nothing that is written with %, and a hidden slash would lead elsewhere.
const [, , namespace, name, last] = location.pathname.split("/");

/** `namespace/name` of a model that is to get a version; null for a new model. */
export const existing = last === "new-version" ? `${namespace}/${name}` : null;

const { classList } = document.documentElement;
classList.toggle("new-version", existing !== null);
// What is filled in from elsewhere appears at once, not part by part.
classList.toggle("waits", existing !== null || location.search.includes("draft="));
