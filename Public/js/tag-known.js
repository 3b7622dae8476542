/** Context that devices and people commonly ask for, in both languages: offered where the server knows nothing nearer. */
import { language } from "./strings.js";

/** A row is `value: ko, en`; values without words are names. */
const VALUES = {
  task: [
    ["object-detection", "객체 탐지", "Object detection"], ["image-classification", "이미지 분류", "Image classification"], ["image-segmentation", "영역 분할", "Image segmentation"],
    ["pose-estimation", "자세 추정", "Pose estimation"], ["object-tracking", "객체 추적", "Object tracking"], ["face-detection", "얼굴 탐지", "Face detection"],
    ["license-plate-recognition", "번호판 인식", "License plate recognition"], ["optical-character-recognition", "문자 인식", "Text recognition"],
    ["anomaly-detection", "이상 탐지", "Anomaly detection"], ["depth-estimation", "깊이 추정", "Depth estimation"], ["voice-activity-detection", "음성 구간 탐지", "Voice activity detection"],
    ["automatic-speech-recognition", "음성 인식", "Speech recognition"], ["audio-classification", "소리 분류", "Audio classification"], ["keyword-spotting", "호출어 인식", "Keyword spotting"],
  ],
  object: [
    ["person", "사람", "Person"], ["car", "자동차", "Car"], ["license-plate", "번호판", "License plate"], ["face", "얼굴", "Face"], ["fire", "불", "Fire"], ["smoke", "연기", "Smoke"],
    ["bicycle", "자전거", "Bicycle"], ["animal", "동물", "Animal"], ["helmet", "안전모", "Helmet"], ["defect", "결함", "Defect"],
  ],
  env: [
    ["day", "주간", "Day"], ["night", "야간", "Night"], ["dusk", "황혼", "Dusk"], ["indoor", "실내", "Indoor"], ["outdoor", "실외", "Outdoor"], ["rain", "비", "Rain"], ["snow", "눈", "Snow"],
    ["fog", "안개", "Fog"], ["backlight", "역광", "Backlight"], ["aerial", "항공", "Aerial"], ["underwater", "수중", "Underwater"],
  ],
  sensor: [["rgb", "컬러 카메라", "Colour camera"], ["ir", "적외선", "Infrared"], ["thermal", "열화상", "Thermal"], ["depth", "깊이 센서", "Depth sensor"], ["lidar", "라이다", "Lidar"], ["radar", "레이다", "Radar"], ["audio", "마이크", "Microphone"], ["imu", "관성 센서", "IMU"]],
  format: [["onnx"], ["tflite"], ["openvino"], ["ncnn"], ["hef"], ["edgetpu"], ["rknn"], ["tensorrt"], ["coreml"], ["savedmodel"], ["torchscript"], ["gguf"]],
  precision: [["fp32"], ["fp16"], ["bf16"], ["int8"], ["int4"], ["mixed", "혼합 정밀도", "Mixed precision"]],
  accel: [["cpu"], ["gpu"], ["cuda"], ["edgetpu"], ["hailo8"], ["rknpu"], ["npu"], ["dsp"]],
  arch: [["aarch64"], ["armv7"], ["x86_64"], ["riscv64"], ["cortex-m"]],
};

/** Keys that hold numbers: `ko, en, unit, an example`. */
const NUMBERS = {
  latency_ms: ["지연 시간", "Latency", "ms", "35"], fps: ["초당 프레임", "Frames per second", "fps", "30"], mem: ["메모리", "Memory", "bytes", "256MB"], energy_mj: ["에너지", "Energy", "mJ", "120"],
  map: ["mAP", "mAP", "0–1", "0.87"], map50: ["mAP@0.5", "mAP at 0.5", "0–1", "0.91"], top1: ["Top-1 정확도", "Top-1 accuracy", "0–1", "0.76"], accuracy: ["정확도", "Accuracy", "0–1", "0.95"],
  f1: ["F1 점수", "F1 score", "0–1", "0.9"], miou: ["mIoU", "Mean IoU", "0–1", "0.72"], wer: ["단어 오류율", "Word error rate", "0–1", "0.08"], opset: ["연산자 집합", "Operator set", "", "17"],
  "input.w": ["입력 너비", "Input width", "px", "640"], "input.h": ["입력 높이", "Input height", "px", "480"], "sample-rate": ["표본율", "Sample rate", "Hz", "16000"],
  gflops: ["연산량(10억)", "Billion operations", "GFLOPs", "8.7"], mparams: ["파라미터 수(백만)", "Million parameters", "", "3.2"],
};
const column = language === "en" ? 1 : 0;
const WORDS = new Map(Object.entries(VALUES).flatMap(([key, rows]) => rows.map(([value, ...words]) => [`${key}:${value}`, words])));

/** What a tag is called in the reader's language; its value where it has no name. */
export function tagWords(tag) {
  const [key] = tag.split(":", 1);
  const number = NUMBERS[key.split("@")[0]];
  const value = tag.slice(key.length + 1);
  return number ? `${number[column]} ${value}` : WORDS.get(tag)?.[column] ?? value;
}

/** Tags that hold the text, in either language; the words of those that have some. */
export function knownTags(text) {
  const needle = text.toLowerCase();
  return [...WORDS].filter(([tag, words]) => tag.includes(needle) || words.some((word) => word.toLowerCase().includes(needle)))
    .map(([tag, words]) => ({ tag, words: words[column] ?? "" }));
}

/** Keys of numbers that the text may mean, each as `{key, name, unit, example}`. */
export function numberKeys(text) {
  const needle = text.toLowerCase();
  return Object.entries(NUMBERS).filter(([key, [ko, en]]) => key.startsWith(needle) || ko.includes(needle) || en.toLowerCase().includes(needle)).map(([key]) => numberKey(key));
}

/** What is known of a key that holds numbers; null for other keys. A key may name where it was measured: `fps@rpi5`. */
export function numberKey(key) {
  const row = NUMBERS[key.split("@")[0]];
  return row ? { key, name: row[column], unit: row[2], example: `${key}:${row[3]}` } : null;
}
