/** What a path of an artifact may be, said before anything is sent; the server has the last word. */
import { INVISIBLE } from "./register-paths.js";
import { t } from "./strings.js";
import "./strings-uploads.js";

const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])$/;

function utf8Length(text) {
  return new TextEncoder().encode(text).length;
}

/** Why the server would refuse the path; null when it would not. */
export function pathProblem(path) {
  if (utf8Length(path) > 1024) return t("file.path.long");
  const parts = path.split("/");
  if (parts.length > 32) return t("file.path.deep");
  for (const part of parts) {
    if (part === "" || part === "." || part === ".." || utf8Length(part) > 255) return t("file.path.part");
    if (/[\\:]/.test(part) || INVISIBLE.test(part)) return t("file.path.characters");
    if (/^\s|[.\s]$/.test(part)) return t("file.path.ends");
    const lower = part.toLowerCase();
    if (DEVICE.test(lower.split(".")[0]) || lower.startsWith(".git") || ["model.sig", "server.sig"].includes(lower)) return t("file.path.reserved");
  }
  return null;
}

const FORMATS = {
  __proto__: null,
  onnx: "onnx", ort: "onnx", tflite: "tflite", lite: "tflite", mlmodel: "coreml", pb: "savedmodel", gguf: "gguf", pt: "torchscript",
  torchscript: "torchscript", engine: "tensorrt", plan: "tensorrt", hef: "hef", rknn: "rknn", safetensors: "safetensors",
};

/** The formats that the server will read from the paths. */
export function formatsOf(paths) {
  const known = new Set(paths.map((path) => path.toLowerCase()));
  const formats = [...known].map((path) => {
    if (/\.(mlpackage|mlmodelc)\//.test(path)) return "coreml";
    if (path.endsWith("_edgetpu.tflite")) return "edgetpu";
    const [, stem, extension] = path.match(/^(.*)\.([^./]+)$/) ?? [];
    if (extension === "xml" || extension === "param") return known.has(`${stem}.bin`) ? { xml: "openvino", param: "ncnn" }[extension] : null;
    return FORMATS[extension] ?? null;
  });
  return [...new Set(formats.filter(Boolean))].sort();
}
