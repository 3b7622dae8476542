/** Entry of context tags: chips, suggestions, and no surprise while Hangul is being composed. */
import { get } from "./api.js";
import { combobox } from "./combobox.js";
import { el, icon } from "./page.js";
import { label, t } from "./strings.js";

/** Keys and values that devices understand, offered when the server knows nothing nearer. */
const WELL_KNOWN = {
  task: ["object-detection", "image-classification", "image-segmentation", "pose-estimation", "optical-character-recognition", "anomaly-detection", "voice-activity-detection", "automatic-speech-recognition", "audio-classification", "keyword-spotting"],
  object: ["person", "car", "license-plate", "fire", "smoke", "bicycle", "animal"],
  env: ["day", "night", "dusk", "indoor", "outdoor", "rain", "snow", "fog", "backlight", "aerial", "underwater"],
  sensor: ["rgb", "ir", "thermal", "depth", "lidar", "radar", "audio", "imu"],
  format: ["onnx", "tflite", "openvino", "ncnn", "hef", "edgetpu", "rknn", "tensorrt", "coreml", "savedmodel", "torchscript", "gguf"],
  precision: ["fp32", "fp16", "bf16", "int8", "int4", "mixed"],
  accel: ["cpu", "gpu", "cuda", "edgetpu", "hailo8", "rknpu", "npu", "dsp"],
  arch: ["aarch64", "armv7", "x86_64", "riscv64", "cortex-m"],
  license: ["Apache-2.0", "MIT", "BSD-3-Clause", "CC-BY-4.0"],
};
const MOST = 8;
let serial = 0;

/** `key:value`; a bare word gets the key `tag`. */
export function normalTag(text) {
  const [, key, value] = text.trim().match(/^([a-z][a-z0-9_.-]*(?:@[^:]+)?)\s*:\s*(.+)$/s) ?? [null, "tag", text.trim()];
  return value ? `${key}:${value.trim()}` : null;
}

/** The tags that the server gives, as they are typed. */
export function tagTexts(tags) {
  return tags.map(({ key, value }) => `${key}:${value}`);
}

/** A control with `tags()` and `set(tags)`; `onchange` gets them after each change, `name` is the field that the server knows it by. */
export function tagInput({ name, labelText, hint, onchange = () => {} }) {
  const id = `tags-${serial += 1}`;
  let tags = [];
  let asking = null;

  const chips = el("ul", { class: "tag-chips" });
  const input = el("input", { id, maxlength: "200", "data-errors": name, placeholder: t("tags.placeholder"), "aria-describedby": `${id}-hint` });
  const box = combobox(input, {
    labelText, choose: ({ tag }) => add(tag),
    draw: ({ tag, words }) => [el("span", {}, words || tag), words && el("span", { class: "quiet mono" }, tag)],
  });

  function show() {
    chips.replaceChildren(...tags.map((tag) => el("li", { class: "chip" }, shown(tag),
      el("button", { type: "button", "aria-label": t("remove", { name: tag }), onclick: () => change(tags.filter((other) => other !== tag)) }, icon("close")))));
    chips.hidden = tags.length === 0;
    onchange(tags);
  }

  function change(next) {
    tags = next;
    show();
    input.focus();
  }

  function add(text) {
    const added = text.split(",").map(normalTag).filter(Boolean);
    input.value = "";
    asking?.abort();
    box.offer([]);
    if (added.length > 0) change([...new Set([...tags, ...added])]);
  }

  function offer(options) {
    box.offer(options.filter(({ tag }) => !tags.includes(tag)).slice(0, MOST));
  }

  async function suggest() {
    const text = input.value.trim();
    asking?.abort();
    if (!text) return box.offer([]);
    offer(wellKnown(text));
    asking = new AbortController();
    try {
      const { items } = await get(`/suggest?q=${encodeURIComponent(text)}&limit=${2 * MOST}`, asking.signal);
      const tagged = items.filter(({ kind }) => kind === "context").map((item) => ({ tag: item.value, words: item.label && label(item) }));
      const near = wellKnown(text).filter(({ tag }) => !tagged.some((other) => other.tag === tag));
      if (tagged.length > 0) offer([...tagged, ...near]);
    } catch {
      // Suggestions are a help: without them one types the tag.
    }
  }

  input.addEventListener("input", suggest);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" || (event.key === "," && input.value.trim())) {
      event.preventDefault();
      add(input.value);
    } else if (event.key === "Backspace" && !input.value && tags.length > 0) {
      change(tags.slice(0, -1));
    }
  });
  input.addEventListener("blur", () => {
    asking?.abort();
    if (input.value.trim()) {
      const text = input.value;
      input.value = "";
      tags = [...new Set([...tags, ...text.split(",").map(normalTag).filter(Boolean)])];
      show();
    }
  });

  chips.hidden = true;
  return {
    element: el("div", { class: "field tag-input" }, el("label", { for: id }, labelText),
      el("div", { class: "tag-box" }, chips, input), box.list, el("p", { class: "hint", id: `${id}-hint` }, hint)),
    tags: () => tags,
    set(next) {
      tags = next;
      show();
    },
  };
}

function shown(tag) {
  return tag.startsWith("tag:") ? tag.slice(4) : tag;
}

function wellKnown(text) {
  const needle = text.toLowerCase();
  return Object.entries(WELL_KNOWN)
    .flatMap(([key, values]) => values.map((value) => `${key}:${value}`))
    .filter((tag) => tag.includes(needle))
    .map((tag) => ({ tag, words: "" }));
}
