/** The query language in a few lines, each with queries to try. */
import { follow } from "./home.js";
import { byId, el } from "./page.js";
import { language, t } from "./strings.js";
import "./strings-help.js";

const EXAMPLES = {
  ko: [["야간 사람 탐지"], ['"자세 추정"', "yolo*"], ["object:person", "format:onnx,tflite"], ["size<5MB", "latency_ms@rpi5<=50"], ["사람 -env:indoor", "(차량 OR 번호판) 야간", "has:license sort:size"]],
  en: [["people at night"], ['"pose estimation"', "yolo*"], ["object:person", "format:onnx,tflite"], ["size<5MB", "latency_ms@rpi5<=50"], ["person -env:indoor", "(car OR plate) night", "has:license sort:size"]],
};
const LINES = ["help.words", "help.exact", "help.context", "help.numbers", "help.logic"];

export function helpView() {
  return [
    el("dl", {}, LINES.map((key, at) => el("div", {},
      el("dt", {}, EXAMPLES[language][at].map(example)),
      el("dd", {}, t(key))))),
    el("p", {}, el("kbd", {}, "/"), t("help.key.search"), el("kbd", {}, "↑"), el("kbd", {}, "↓"), el("kbd", {}, "Enter"), t("help.key.offers"),
      el("kbd", {}, "J"), el("kbd", {}, "K"), t("help.key.results"), el("kbd", {}, "Esc"), t("help.key.close")),
  ];
}

function example(query) {
  return el("a", {
    class: "mono", href: `/?q=${encodeURIComponent(query)}`, onclick: (event) => {
      byId("help").open = false;
      follow(event);
    },
  }, query);
}
