/**
 * The glossary: every word that the portal shows, in Korean and in English, and how numbers and times are written.
 *
 * A row is `key: [ko, en]`. `{name}` is filled in; `one|many` in English is chosen by `n`. Here stand the words of the
 * shell and of home; those of the other pages are in files of their own.
 */
const GLOSSARY = {
  // Shell
  "brand": ["모루", "Moru"],
  "skip.main": ["본문 바로가기", "Skip to content"],
  "skip.results": ["검색 결과 바로가기", "Skip to results"],
  "skip.filters": ["필터 바로가기", "Skip to filters"],
  "search.label": ["모델과 컨텍스트 검색", "Search models and context"],
  "search.offers": ["검색 제안", "Suggestions"],
  "search.help": ["도움말", "Help"],
  "offers.corrected": ["‘{q}’ 제안입니다", "Suggestions for ‘{q}’"],
  "offer.service": ["서비스 타입", "Service types"],
  "offer.context": ["컨텍스트", "Context"],
  "offer.model": ["모델", "Models"],
  "search.hint": ["모델, 서비스, 컨텍스트 태그로 검색", "Search by model, service or context tag"],
  "language.switch": ["Switch to English", "한국어로 바꾸기"],
  "theme.dark": ["어두운 화면으로 바꾸기", "Switch to dark theme"],
  "theme.light": ["밝은 화면으로 바꾸기", "Switch to light theme"],
  "menu.user": ["{name} 메뉴", "Menu of {name}"],
  "menu.tokens": ["토큰", "Tokens"],
  "menu.users": ["사용자 관리", "Users"],
  "menu.namespaces": ["네임스페이스", "Namespaces"],
  "menu.storage": ["저장 공간", "Storage"],
  "menu.service-types": ["서비스 타입", "Service types"],
  "menu.context": ["컨텍스트", "Context"],
  "menu.activity": ["활동", "Activity"],
  "disk.notice": ["저장 공간 알림", "Storage notice"],
  "disk.warning": ["디스크를 {percent} % 썼습니다. 가득 차면 모델을 등록할 수 없습니다.", "The disk is {percent} % full. Once it is full, nothing can be published."],
  "disk.see": ["저장 공간 보기", "See storage"],
  "menu.account": ["내 계정", "My account"],
  "sign-in": ["로그인", "Sign in"],
  "sign-out": ["로그아웃", "Sign out"],
  "register": ["모델 등록", "Register model"],

  // Everywhere
  "more": ["더 보기", "More"],
  "reload": ["새로 고침", "Reload"],
  "retry": ["다시 시도", "Try again"],
  "cancel": ["취소", "Cancel"],
  "close": ["닫기", "Close"],
  "save": ["저장", "Save"],
  "saved": ["저장했습니다", "Saved"],
  "delete": ["삭제", "Delete"],
  "edit": ["편집", "Edit"],
  "remove": ["{name} 지우기", "Remove {name}"],
  "copy": ["복사", "Copy"],
  "copy.what": ["{name} 복사", "Copy {name}"],
  "copied": ["복사했습니다", "Copied"],
  "copy.failed": ["복사하지 못했습니다. 직접 골라서 복사하세요.", "Could not copy. Select the text and copy it."],
  "download": ["다운로드", "Download"],
  "download.what": ["{name} 다운로드", "Download {name}"],
  "none": ["없음", "None"],
  "just-now": ["방금", "just now"],
  "readme.done": ["끝난 일", "Done"],
  "readme.open": ["남은 일", "Open"],
  "readme.table": ["표", "Table"],
  "all": ["모든 모델", "All models"],
  "actions": ["작업", "Actions"],
  "error.title": ["불러오지 못했습니다", "Could not load"],
  "error.offline": ["서버에 연결하지 못했습니다. 네트워크를 확인하고 다시 시도하세요.", "Could not reach the server. Check the network and try again."],
  "error.unknown": ["서버가 답하지 못했습니다 ({status}).", "The server could not answer ({status})."],
  "error.request": ["요청 번호 {id}", "Request {id}"],
  "error.fields": ["표시한 칸을 고쳐 주세요.", "Please correct the marked fields."],
  "error.changed": ["그 사이 다른 사람이 바꾸었습니다. 새로 고친 뒤 다시 시도하세요.", "Somebody else changed this meanwhile. Reload and try again."],
  "error.required": ["꼭 필요한 칸입니다.", "This field is required."],
  "forbidden.title": ["권한이 없습니다", "Not allowed"],
  "missing.title": ["페이지를 찾을 수 없습니다", "Page not found"],
  "missing.text": ["주소가 바뀌었거나 지워졌거나, 볼 권한이 없을 수 있습니다.", "It may have moved, been deleted, or you may not be allowed to see it."],
  "missing.home": ["모든 모델 보기", "See all models"],
  "count.heading": ["{n}개", "{n}"],
  "count.models": ["{n}개", "{n} model|{n} models"],
  "status.models": ["모델 {n}개를 찾았습니다", "{n} model found|{n} models found"],

  // Home and search
  "home.title": ["모델", "Models"],
  "home.services": ["서비스 타입", "Service types"],
  "home.other": ["그 밖의 모델", "Other models"],
  "activity": ["지난 {days}일 동안 {said}", "{said} in the last {days} days"],
  "activity.more": ["지난 {days}일 동안 {said} 이상", "More than {said} in the last {days} days"],
  "activity.none": ["지난 {days}일 동안 새 버전이나 다운로드가 없습니다", "No new versions or downloads in the last {days} days"],
  "activity.downloads": ["다운로드 {n}회", "{n} download|{n} downloads"],
  "activity.versions": ["새 버전 {n}개", "{n} new version|{n} new versions"],
  "home.empty.title": ["아직 등록된 모델이 없습니다", "No models yet"],
  "home.empty.text": ["첫 모델을 등록하면 여기에서 서비스 타입별로 보입니다.", "Register the first model and it appears here by service type."],
  "home.empty.demo": ["서버에서 make demo를 실행하면 실제 모델 17개로 둘러볼 수 있습니다.", "Run make demo on the server for 17 real models to look at."],
  "results.for": ["“{q}” 검색 결과", "Results for “{q}”"],
  "sort": ["정렬", "Sort"],
  "sort.relevance": ["관련도순", "Relevance"],
  "sort.updated": ["최근 갱신순", "Recently updated"],
  "sort.downloads": ["다운로드순", "Downloads"],
  "sort.name": ["이름순", "Name"],
  "filter": ["필터", "Filters"],
  "filter.clear": ["모두 지우기", "Clear all"],
  "filter.show": ["{n}개 모델 보기", "Show {n} model|Show {n} models"],
  "facet.service": ["서비스 타입", "Service type"],
  "facet.format": ["형식", "Format"],
  "facet.task": ["과제", "Task"],
  "facet.accel": ["실행 장치", "Accelerator"],
  "facet.precision": ["정밀도", "Precision"],
  "facet.object": ["대상", "Object"],
  "facet.env": ["환경", "Environment"],
  "facet.sensor": ["센서", "Sensor"],
  "facet.license": ["라이선스", "Licence"],
  "facet.tag": ["태그", "Tag"],
  "empty.title": ["조건에 맞는 모델이 없습니다", "No model matches"],
  "page.more": ["더 보기 ({shown} / {total})", "More ({shown} of {total})"],
  "page.first": ["처음부터 보기", "Back to the first page"],
  "row.downloads": ["최근 30일 다운로드 {n}회", "{n} download in 30 days|{n} downloads in 30 days"],
  "visibility.private": ["비공개", "Private"],
  "visibility.public": ["공개", "Public"],
  "no-version": ["버전 없음", "No version"],
  "why.tag": ["검색어와 맞는 태그", "Matches the query"],
};

const wanted = [readStored("language"), ...navigator.languages].map((tag) => tag?.slice(0, 2));

/** The language shown: the reader's choice, else the browser's first of the two, else Korean. */
export const language = wanted.find((tag) => tag === "ko" || tag === "en") ?? "ko";
const column = language === "en" ? 1 : 0;

/** Takes in the words of further pages. */
export function addWords(rows) {
  Object.assign(GLOSSARY, rows);
}

/** The words for `key`, with `{name}` filled from `values`. */
export function t(key, values = {}) {
  let text = GLOSSARY[key]?.[column] ?? key;
  if (text.includes("|")) text = text.split("|")[values.n === 1 ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : (value ?? "");
  });
}

/** Whether the glossary has `key`: words for ids that the server may extend. */
export function known(key) {
  return Object.hasOwn(GLOSSARY, key);
}

/** The label of something that the server names in both languages. */
export function label(item) {
  return item?.label?.[language] || item?.label?.ko || item?.label?.en || item?.value || item?.id || "";
}

export function chooseLanguage(code) {
  store("language", code);
  location.reload();
}

/** Puts the words of the reader's language into static markup: `data-t` is the text, `data-t-x` the attribute x. */
export function translate(root) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const name of ["placeholder", "aria-label", "title"]) {
    for (const node of root.querySelectorAll(`[data-t-${name}]`)) {
      node.setAttribute(name, t(node.getAttribute(`data-t-${name}`)));
    }
  }
}

const numbers = new Intl.NumberFormat(language);
const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
const moments = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const distances = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

export function number(value) {
  return numbers.format(value);
}

/** A size in powers of 1000, as the API counts them. */
export function bytes(value) {
  if (value < 1000) return `${numbers.format(value)}\u00a0B`;
  const power = Math.min(4, Math.floor(Math.log10(value) / 3));
  const amount = value / 1000 ** power;
  const digits = amount < 100 ? 1 : 0;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(amount)}\u00a0${"kMGT"[power - 1]}B`;
}

/** A limit as whoever set it wrote it: powers of 1024 where it is a round number of them. */
export function limitWords(limit) {
  const [unit, name] = [[2 ** 30, "GiB"], [2 ** 20, "MiB"]].find(([size]) => limit % size === 0) ?? [];
  return unit ? `${numbers.format(limit / unit)}\u00a0${name}` : bytes(limit);
}

/** The first characters of a digest: enough to know it again. */
export function shortDigest(digest) {
  return `${digest.replace("sha256:", "").slice(0, 10)}…`;
}

/** The time of a day, such as "4:12 PM". */
export function clock(time) {
  return new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(new Date(time));
}

export function date(text) {
  return dates.format(new Date(text));
}

export function moment(text) {
  return moments.format(new Date(text));
}

/** "3 days ago" in the reader's language; future times work too. */
export function ago(text) {
  const seconds = (new Date(text) - Date.now()) / 1000;
  for (const [unit, size] of [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return distances.format(Math.trunc(seconds / size), unit);
  }
  return t("just-now");
}

/** A choice kept in this browser; private windows may refuse to keep it. */
export function readStored(name) {
  try {
    return localStorage.getItem(`moru.${name}`);
  } catch {
    return null;
  }
}

export function store(name, value) {
  try {
    if (value === null) localStorage.removeItem(`moru.${name}`);
    else localStorage.setItem(`moru.${name}`, value);
  } catch {
    // The choice then holds for this page only.
  }
}
