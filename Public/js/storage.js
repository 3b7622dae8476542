/** The disk, for administrators: how full it is, collecting what nothing names, checking, and a backup. */
import { get, getLines, post } from "./api.js";
import { badge, byId, el, failure, heardOfDisk, icon, title, toast } from "./page.js";
import { field, openDialog, select } from "./form.js";
import { enter, showFigures } from "./admin.js";
import { ago, bytes, known, number, shortDigest, t } from "./strings.js";

const WARNS_AT = 80;
const GRACES = [["0", "storage.grace.none"], ["3600", "storage.grace.hour"], ["86400", "storage.grace.day"], ["604800", "storage.grace.week"]];
const MOST_FINDINGS = 200;

title(t("menu.storage"));
await enter({ adminOnly: true, list: "storage" });
const usage = el("div", { class: "stack" });
const byModel = el("div", {});
await Promise.all([showUsage(), showModels()]);
byId("storage").replaceChildren(el("div", { class: "stack" }, usage, byModel, collection(), check(), backup()));

function card(heading, ...content) {
  return el("section", { class: "card" }, el("h2", {}, t(heading)), el("div", { class: "padded flow" }, content));
}

async function showUsage() {
  usage.setAttribute("aria-busy", "true");
  try {
    const storage = await get("/storage");
    heardOfDisk(storage);
    usage.replaceChildren(disk(storage), numbers(storage));
  } catch (error) {
    usage.replaceChildren(failure(error, showUsage));
  }
  usage.removeAttribute("aria-busy");
}

/** Which models need the space: bars beside the words that say the same. */
async function showModels() {
  try {
    const { items, others, shared_bytes: shared, unreferenced_bytes: unreferenced } = await get("/storage/models");
    const { bytes: rest, models: count } = others;
    const all = items.reduce((total, item) => total + item.bytes, rest + shared + unreferenced);
    const largest = Math.max(1, rest, shared, unreferenced, ...items.map((item) => item.bytes));
    const line = (kind, size, name, note) => el("li", { class: kind },
      el("span", {}, name, note && [el("span", { class: "quiet sep" }, " · "), el("span", { class: "quiet" }, note)]),
      el("span", {}, el("strong", {}, bytes(size)), " ", el("span", { class: "quiet" }, t("space.share", { percent: share(size, all) }))),
      el("progress", { max: String(largest), value: String(size), "aria-hidden": "true" }));
    const remaining = [[rest, t("space.others", { n: count })], [shared, t("space.shared")], [unreferenced, t("space.unreferenced")]];
    byModel.replaceChildren(el("section", { class: "card", id: "by-model" }, el("h2", {}, t("space.title")),
      el("div", { class: "padded flow" },
        el("p", { class: "quiet" }, t(all > 0 ? "space.text" : "space.empty")),
        all > 0 && el("ul", { class: "usage" },
          items.map((item) => line("", item.bytes, el("a", { href: `/models/${item.name}` }, item.title),
            [el("span", { class: "mono" }, item.name), ` · ${t("space.versions", { n: item.versions })}`])),
          remaining.filter(([size]) => size > 0).map(([size, name]) => line("rest", size, name))))));
  } catch (error) {
    byModel.replaceChildren(failure(error, showModels));
  }
}

/** Percent, one digit where it is small. */
function share(size, all) {
  const percent = (100 * size) / Math.max(1, all);
  return number(percent < 10 ? Math.round(percent * 10) / 10 : Math.round(percent));
}

/** Some file systems do not say how large they are. */
function disk({ disk: size, warning, reserve }) {
  if (!size) return card("storage.disk", el("p", {}, t("storage.unknown")));
  const { total, used, free, used_percent: percent } = size;
  const kept = total - used - free;
  const isFull = free <= reserve;
  return card("storage.disk",
    el("div", { class: "meter-head" },
      el("strong", {}, t("storage.used", { percent })),
      isFull ? badge("bad", "warning", t("storage.full")) : warning ? badge("warn", "warning", t("storage.warning", { percent: WARNS_AT })) : badge("ok", "check", t("storage.enough"))),
    el("meter", { min: "0", max: "100", low: String(WARNS_AT), high: "95", optimum: "0", value: String(percent), "aria-label": t("storage.disk") }),
    el("p", { class: "quiet" }, t("storage.sum", { used: bytes(used), free: bytes(free), total: bytes(total) }), " ",
      kept > 0 && [t("storage.kept", { size: bytes(kept) }), " "], t("storage.reserve", { size: bytes(reserve) })),
    (isFull || warning) && el("p", { class: "notice warn" }, icon("warning"), t(isFull ? "storage.full.text" : "storage.warning.text")));
}

function numbers({ blobs, database, collection: last }) {
  const tile = (key, value, note) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, value, " ", el("span", { class: "quiet" }, note)));
  return el("dl", { class: "card strip" },
    tile("storage.blobs", bytes(blobs.bytes), t("storage.count", { n: blobs.count })),
    tile("storage.database", bytes(database.bytes)),
    last.last_at
      ? tile("storage.collected", ago(last.last_at), t("storage.collected.what", { n: last.removed, size: bytes(last.bytes) }))
      : tile("storage.collected", "–", t("storage.collected.never")));
}

/** A dry run first: what would go is seen before anything goes. */
function collection() {
  const result = el("div", { role: "status", class: "flow" });
  const grace = select("grace", GRACES.map(([seconds, key]) => [seconds, t(key)]), "86400");
  grace.addEventListener("change", () => result.replaceChildren());
  const ask = (dryRun) => post("/storage/collect", { dry_run: dryRun, grace: Number(grace.value) });
  return card("storage.collect",
    el("p", {}, t("storage.collect.text")),
    field(t("storage.grace"), grace, t("storage.grace.hint")),
    action("search", "storage.collect.try", async () => {
      const found = await ask(true);
      result.replaceChildren(...collected(found, "storage.collect.would"),
        ...(found.removed > 0 ? [el("button", { type: "button", class: "button danger", onclick: () => confirm(found) }, icon("trash"), t("storage.collect.run"))] : []));
    }, result),
    result);

  function confirm(found) {
    openDialog({
      title: t("storage.collect.run"), submit: t("storage.collect.run"), danger: true,
      content: el("p", {}, t("storage.collect.confirm", { n: found.removed, size: bytes(found.bytes) })),
      action: async () => {
        result.replaceChildren(...collected(await ask(false), "storage.collect.did"));
        toast(t("storage.collect.done"));
        showUsage();
        showModels();
        showFigures();
      },
    });
  }
}

/** - `blobs` are the first of those that are removed. */
function collected({ removed, bytes: size, kept_in_grace: kept, blobs }, key) {
  return [
    el("p", { class: `notice ${removed > 0 ? "info" : "ok"}` }, icon(removed > 0 ? "file" : "check"),
      el("span", {}, removed > 0 ? t(key, { n: removed, size: bytes(size) }) : t("storage.collect.nothing"), kept > 0 && [" ", t("storage.collect.kept", { n: kept })])),
    ...(blobs.length > 0 ? [el("details", {}, el("summary", {}, t("storage.collect.blobs")),
      el("ul", { class: "digests mono", tabindex: "0" }, blobs.map((blob) => el("li", {}, `${blob.digest} · ${bytes(blob.size)}`)), removed > blobs.length && el("li", {}, "…")))] : []),
  ];
}

/** A button whose refusal is shown at `place`. */
function action(iconName, key, run, place) {
  const button = el("button", { type: "button", class: "button", onclick: async () => {
    button.disabled = true;
    try {
      await run();
    } catch (error) {
      place.replaceChildren(failure(error));
    }
    button.disabled = false;
  } }, icon(iconName), t(key));
  return button;
}

function check() {
  const bar = el("progress", { max: "1", value: "0", "aria-label": t("storage.check.progress") });
  const words = el("p", { class: "hint" });
  const verdict = el("div", { role: "status" });
  const findings = el("ul", { class: "findings" });
  const moving = el("div", { class: "flow", hidden: true }, bar, words);
  const stop = el("button", { type: "button", class: "button", hidden: true, onclick: () => running?.abort() }, t("storage.check.stop"));
  let running = null;
  const start = action("shield", "storage.check.start", async () => {
    running = new AbortController();
    let seen = 0;
    verdict.replaceChildren();
    findings.replaceChildren();
    moving.hidden = stop.hidden = false;
    try {
      await getLines("/storage/check", (line) => {
        if (line.kind === "finding" && (seen += 1) <= MOST_FINDINGS) findings.append(finding(line));
        if (line.kind === "progress") progress(line);
        if (line.kind === "summary") verdict.replaceChildren(summary(line));
      }, running.signal);
      if (!verdict.hasChildNodes()) verdict.replaceChildren(notice("warn", "warning", t("storage.check.cut")));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
      verdict.replaceChildren(notice("info", "close", t("storage.check.stopped")));
    } finally {
      moving.hidden = stop.hidden = true;
    }
  }, verdict);
  return card("storage.check", el("p", {}, t("storage.check.text")), el("div", { class: "actions" }, start, stop), moving, verdict, findings);

  function progress({ blobs, blobs_expected: expected, bytes: done, bytes_expected: total }) {
    bar.value = total > 0 ? Math.min(1, done / total) : 0;
    words.textContent = t("storage.check.at", { blobs, expected, done: bytes(done), total: bytes(total) });
  }
}

function notice(kind, iconName, ...content) {
  return el("p", { class: `notice ${kind}` }, icon(iconName), el("span", {}, content));
}

function summary({ clean, faults, notes, versions, blobs, bytes: size }) {
  const looked = t("storage.check.looked", { versions, blobs, size: bytes(size) });
  return clean
    ? notice("ok", "check", el("strong", {}, t("storage.check.clean")), " ", looked, notes > 0 && [" ", t("storage.check.notes", { n: notes })])
    : notice("bad", "warning", el("strong", {}, t("storage.check.faults", { n: faults })), " ", looked, " ", t("storage.check.help"));
}

function finding({ problem, severity, digest, subject, detail }) {
  const words = known(`problem.${problem}`) ? t(`problem.${problem}`) : problem;
  return el("li", {},
    severity === "fault" ? badge("bad", "warning", words) : badge("", "file", words),
    el("div", {}, subject && el("strong", { class: "block" }, subject), el("span", { class: "quiet" }, detail),
      digest && el("span", { class: "quiet mono block", title: digest }, shortDigest(digest))));
}

function backup() {
  return card("storage.backup",
    el("p", {}, t("storage.backup.text")),
    el("div", { class: "actions" }, el("a", { class: "button", href: "/api/v1/storage/backup", download: "" }, icon("download"), t("storage.backup.get"))),
    el("p", { class: "hint" }, t("storage.backup.hint"), " ", el("code", { class: "mono" }, "moru backup · moru restore")));
}
