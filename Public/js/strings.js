/**
 * The glossary: every word that the portal shows, in Korean and in English, and how numbers and times are written.
 *
 * A row is `key: [ko, en]`. `{name}` is filled in; `one|many` in English is chosen by `n`.
 */
const GLOSSARY = {
  // Shell
  "brand": ["모루", "Moru"],
  "skip.main": ["본문 바로가기", "Skip to content"],
  "skip.results": ["검색 결과 바로가기", "Skip to results"],
  "search.label": ["모델과 컨텍스트 검색", "Search models and context"],
  "search.offers": ["검색 제안", "Suggestions"],
  "search.hint": ["모델, 서비스, 컨텍스트 태그로 검색", "Search by model, service or context tag"],
  "language.switch": ["Switch to English", "한국어로 바꾸기"],
  "theme.dark": ["어두운 화면으로 바꾸기", "Switch to dark theme"],
  "theme.light": ["밝은 화면으로 바꾸기", "Switch to light theme"],
  "menu.user": ["{name} 메뉴", "Menu of {name}"],
  "menu.tokens": ["토큰", "Tokens"],
  "menu.users": ["사용자 관리", "Users"],
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
  "forbidden.text": ["이 화면은 관리자만 볼 수 있습니다.", "Only administrators can see this page."],
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
  "home.empty.title": ["아직 등록된 모델이 없습니다", "No models yet"],
  "home.empty.text": ["첫 모델을 등록하면 여기에서 서비스 타입별로 보입니다.", "Register the first model and it appears here by service type."],
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
  "empty.title": ["조건에 맞는 모델이 없습니다", "No model matches"],
  "empty.text": ["조건을 하나 빼거나 다른 낱말로 찾아보세요.", "Remove a filter or try other words."],
  "page.more": ["더 보기 ({shown} / {total})", "More ({shown} of {total})"],
  "page.first": ["처음부터 보기", "Back to the first page"],
  "row.downloads": ["최근 30일 다운로드 {n}회", "{n} download in 30 days|{n} downloads in 30 days"],
  "visibility.private": ["비공개", "Private"],
  "visibility.public": ["공개", "Public"],
  "no-version": ["버전 없음", "No version"],
  "why.tag": ["검색어와 맞는 태그", "Matches the query"],

  // Model
  "model.sections": ["모델 정보", "About this model"],
  "tab.readme": ["설명", "README"],
  "tab.versions": ["버전", "Versions"],
  "tab.files": ["파일", "Files"],
  "tab.get": ["배포", "Get it"],
  "model.edit": ["정보 고치기", "Edit details"],
  "model.new-version": ["새 버전 등록", "New version"],
  "model.tags.hint": ["모든 버전에 붙는 태그입니다. 한 버전에만 맞는 것은 그 버전을 등록할 때 적습니다.", "They hold for every version. What is true of one version is said when it is registered."],
  "model.no-version.title": ["아직 버전이 없습니다", "No version yet"],
  "model.no-version.text": ["첫 버전을 등록하면 파일과 설명이 여기에 보입니다.", "Publish a first version and its files and README appear here."],
  "model.older": ["{version} 버전을 보고 있습니다.", "You are looking at version {version}."],
  "model.see-latest": ["최신 {version} 보기", "See the latest, {version}"],
  "model.delete": ["모델 삭제", "Delete model"],
  "model.delete.text": ["모든 버전과 파일이 사라지며 되돌릴 수 없습니다. 쓰던 버전 번호는 다시 쓰이지 않습니다.", "All versions and files are lost for good. Their numbers are never used again."],
  "model.delete.type": ["확인을 위해 {name}을(를) 입력하세요", "Type {name} to confirm"],
  "model.delete.differs": ["이름이 다릅니다.", "The name differs."],
  "readme.none.title": ["설명이 없습니다", "No README"],
  "readme.none.text": ["이 버전은 README 없이 등록되었습니다.", "This version was published without a README."],
  "readme.done": ["끝난 일", "Done"],
  "readme.open": ["남은 일", "Open"],
  "fact.title": ["한눈에", "At a glance"],
  "fact.service": ["서비스 타입", "Service type"],
  "fact.version": ["버전", "Version"],
  "fact.published": ["등록일", "Published"],
  "fact.size": ["크기", "Size"],
  "fact.license": ["라이선스", "Licence"],
  "fact.by": ["등록한 사람", "Published by"],
  "fact.digest": ["매니페스트 SHA-256", "Manifest SHA-256"],
  "fact.downloads": ["30일 다운로드", "Downloads, 30 days"],
  "fact.aliases": ["별칭", "Aliases"],
  "alias.set": ["별칭 지정", "Set an alias"],
  "alias.set-here": ["이 버전에 별칭 지정", "Point an alias here"],
  "alias.name": ["별칭", "Alias"],
  "alias.hint": ["예: stable, production. 별칭으로 받는 기기는 바로 이 버전을 받습니다.", "Such as stable or production. Devices that ask for the alias get this version at once."],
  "alias.remove.text": ["이 별칭으로 받던 기기는 더 받지 못합니다.", "Devices that ask for this alias get nothing any more."],
  "state.draft": ["작성 중", "Draft"],
  "state.draft.text": ["아직 공개하지 않은 초안입니다.", "Not published yet."],
  "state.published": ["등록됨", "Published"],
  "state.published.text": ["누구나 찾고 받을 수 있게 됩니다.", "It can be found and downloaded."],
  "state.deprecated": ["교체 권장", "Deprecated"],
  "state.deprecated.text": ["계속 받을 수 있지만 다른 버전을 권합니다.", "Still offered, but another version is advised."],
  "state.withdrawn": ["배포 중지", "Withdrawn"],
  "state.withdrawn.text": ["별칭이나 범위로는 더 이상 찾지 못합니다.", "No alias or range finds it any more."],
  "version.no-notes": ["바뀐 점을 적지 않았습니다", "No notes"],
  "version.actions": ["{version} 관리", "Manage {version}"],
  "version.publish": ["공개", "Publish"],
  "version.restore": ["다시 배포", "Offer again"],
  "version.deprecate": ["교체 권장으로 표시", "Deprecate"],
  "version.withdraw": ["배포 중지", "Withdraw"],
  "version.discard": ["초안 삭제", "Delete draft"],
  "version.discard.text": ["초안과 그 파일이 사라집니다.", "The draft and its files are lost."],
  "version.reason": ["까닭", "Reason"],
  "version.reason.hint": ["이 버전을 쓰는 사람에게 보입니다.", "Shown to those who use this version."],
  "version.replace": ["별칭 {aliases}을(를) 옮길 버전", "Move {aliases} to"],
  "files.title": ["{version} 파일", "Files of {version}"],
  "files.all": ["모두 받기 ({size})", "All as zip ({size})"],
  "files.path": ["파일", "File"],
  "files.digest": ["SHA-256", "SHA-256"],
  "get.direct": ["직접 받기", "Download here"],
  "get.direct.text": ["브라우저에서 바로 저장합니다. 중단되면 이어받습니다.", "Saved by the browser. An interrupted download resumes."],
  "get.api": ["RESTful API로 받기", "Get it over the REST API"],
  "get.address": ["API 주소", "API address"],
  "get.copy-address": ["API 주소 복사", "Copy API address"],
  "get.variant": ["변형", "Variant"],
  "get.which": ["받을 버전", "Which version"],
  "get.command": ["명령", "Command"],
  "get.curl": ["curl", "curl"],
  "get.sh": ["이어받기·검증", "Resume and verify"],
  "get.moru": ["moru", "moru"],
  "get.python": ["Python", "Python"],
  "get.fixed": ["{name}은(는) 바뀌지 않는 버전입니다. 같은 주소는 늘 같은 파일을 줍니다.", "{name} never changes: the same address always gives the same bytes."],
  "get.moving": ["{name}은(는) 버전을 따라 움직입니다. ETag와 함께 물으면 바뀌지 않았을 때 304만 받습니다.", "{name} moves with releases. Ask with the ETag and an unchanged file costs only a 304."],
  "get.private": ["비공개 모델이라 MORU_TOKEN 환경 변수에 토큰이 있어야 합니다.", "This model is private: put a token into MORU_TOKEN."],

  // Registration
  "register.files": ["모델 파일", "Model files"],
  "register.drop": ["파일을 끌어다 놓거나 선택하세요", "Drop files here or choose them"],
  "register.pick": ["파일 선택", "Choose files"],
  "register.pick-folder": ["폴더 선택", "Choose a folder"],
  "register.limit": ["ONNX, TFLite, OpenVINO 등 어떤 형식이든 됩니다. 한 번에 {size}까지.", "Any format: ONNX, TFLite, OpenVINO and others. Up to {size} at once."],
  "register.total": ["파일 {n}개, {size}", "{n} file, {size}|{n} files, {size}"],
  "register.too-large": ["모두 {size}라 한도 {limit}을 넘습니다. 파일을 줄이세요.", "{size} in all is over the limit of {limit}. Remove some files."],
  "register.split": ["기기 종류별로 나누기", "Split by kind of device"],
  "register.split.hint": ["기기가 자기에게 맞는 변형만 받습니다. 예: onnx-fp32, tflite-int8", "A device then fetches only the variant that fits, such as onnx-fp32 or tflite-int8."],
  "register.variant-of": ["{name}의 변형", "Variant of {name}"],
  "register.variant-tags": ["{name}의 컨텍스트", "Context of {name}"],
  "register.variant-tags.hint": ["예: format:tflite, precision:int8, accel:npu", "Such as format:tflite, precision:int8, accel:npu"],
  "register.basics": ["기본 정보", "Basics"],
  "register.choose": ["선택하세요", "Choose one"],
  "register.context": ["컨텍스트 정보", "Context"],
  "register.tags": ["컨텍스트 태그", "Context tags"],
  "register.tags.hint": ["Enter나 쉼표로 추가합니다. 예: task:object-detection, object:person, 야간", "Enter or comma adds one, such as task:object-detection, object:person, night"],
  "register.readme": ["상세 설명 (Markdown)", "Details (Markdown)"],
  "register.readme.example": ["# 언제 쓰나요", "# When to use it"],
  "register.readme.hint": ["README.md를 여기에 끌어다 놓아도 됩니다.", "You may drop a README.md here."],
  "register.readme.large": ["README가 너무 큽니다.", "That README is too large."],
  "register.preview": ["검색에 이렇게 보입니다", "How search shows it"],
  "register.preview.title": ["모델 이름", "Model name"],
  "register.next-patch": ["다음 번호", "next number"],
  "register.next": ["지금 최신은 {version}입니다.", "The latest is {version}."],
  "register.version-of": ["{name} 새 버전", "New version of {name}"],
  "register.draft": ["초안으로 두기", "Keep as a draft"],
  "register.draft.hint": ["나중에 버전 목록에서 공개합니다.", "Publish it later from the list of versions."],
  "register.send": ["등록하기", "Register"],
  "register.forbidden": ["모델을 등록하려면 개발자나 관리자 역할이 필요합니다.", "Registering models needs the role developer or administrator."],
  "ready.title": ["등록 준비", "Ready to register"],
  "ready.files": ["모델 파일 1개 이상", "At least one file"],
  "ready.name": ["이름과 표시 이름", "Name and title"],
  "ready.service": ["서비스 타입", "Service type"],
  "ready.tags": ["컨텍스트 태그 3개 이상 (권장)", "Three context tags (advised)"],
  "ready.readme": ["README (권장)", "README (advised)"],
  "ready.done": ["됨", "done"],
  "ready.open": ["아직", "open"],
  "tags.placeholder": ["사람, env:night …", "person, env:night …"],
  "upload.progress": ["올린 정도", "Upload progress"],
  "upload.starting": ["올리기 시작합니다", "Starting"],
  "upload.verifying": ["다 올렸습니다. 서버가 확인하고 저장하는 중입니다.", "All sent. The server verifies and stores the files."],
  "upload.seconds": ["{n}초 남음", "{n} s left"],
  "upload.minutes": ["{n}분 남음", "{n} min left"],
  "upload.cancelled": ["취소했습니다. 서버에 남은 것은 없습니다.", "Cancelled. Nothing was kept on the server."],
  "done.title": ["등록했습니다", "Registered"],
  "done.text": ["{name} {version} ({size})이(가) 이제 검색과 다운로드에 나옵니다.", "{name} {version} ({size}) is ready for search and download."],
  "done.draft": ["{name} {version} 초안을 저장했습니다. 공개하기 전에는 구성원만 봅니다.", "Draft {version} of {name} saved. Only members see it until it is published."],
  "done.see": ["모델 보기", "See the model"],
  "done.another": ["다른 모델 등록", "Register another"],

  // Fields
  "field.namespace": ["네임스페이스", "Namespace"],
  "field.name": ["이름 (주소에 쓰임)", "Name (part of the address)"],
  "field.name.hint": ["영문 소문자, 숫자, - _ .", "Lower-case letters, digits, - _ ."],
  "field.title": ["표시 이름", "Title"],
  "field.title.example": ["야간 사람 탐지", "Night-time person detection"],
  "field.summary": ["한 줄 설명", "Summary"],
  "field.license": ["라이선스", "Licence"],
  "field.visibility": ["공개 범위", "Visibility"],
  "field.visibility.hint": ["비공개 모델은 네임스페이스 구성원과 관리자만 봅니다.", "Only members of the namespace and administrators see a private model."],
  "field.notes": ["바뀐 점", "What changed"],
  "field.version.hint": ["유의적 버전(주.부.수). 비워 두면 다음 번호가 됩니다.", "Semantic version. Leave it empty for the next number."],
  "field.username": ["사용자 이름", "User name"],
  "field.username.hint": ["영문 소문자, 숫자, - _ . 를 씁니다.", "Lower-case letters, digits, - _ ."],
  "field.display-name": ["표시 이름", "Display name"],
  "field.password": ["비밀번호", "Password"],
  "field.password.hint": ["10자 이상. 여러 낱말을 이어 길게 쓰면 안전합니다.", "At least 10 characters. Long is safe: join several words."],

  // People
  "sign-in.hint": ["계정이 없으면 관리자에게 요청하세요. 공개 모델은 로그인 없이 받을 수 있습니다.", "No account? Ask an administrator. Public models need no sign-in."],
  "setup.title": ["첫 관리자 만들기", "Create the first administrator"],
  "setup.text": ["모루에 오신 것을 환영합니다. 이 계정으로 사용자와 모델을 관리합니다.", "Welcome to Moru. This account manages users and models."],
  "setup.create": ["관리자 만들기", "Create administrator"],
  "setup.no-link.title": ["설정 링크가 필요합니다", "A set-up link is needed"],
  "setup.no-link.text": ["서버가 처음 시작할 때 출력한 링크를 그대로 여세요.", "Open the link that the server printed when it first started."],
  "account.profile": ["프로필", "Profile"],
  "account.language": ["언어", "Language"],
  "account.password": ["비밀번호 바꾸기", "Change password"],
  "account.password.changed": ["비밀번호를 바꿨습니다", "Password changed"],
  "account.current": ["지금 비밀번호", "Current password"],
  "account.new": ["새 비밀번호", "New password"],
  "tokens.text": ["프로그램과 기기가 비밀번호 없이 쓰는 열쇠입니다. 쓰는 곳마다 하나씩 만드세요.", "Keys for programs and devices, so that they need no password. Make one for each place."],
  "tokens.create": ["토큰 만들기", "Create token"],
  "tokens.empty.title": ["토큰이 없습니다", "No tokens"],
  "tokens.empty.text": ["CI나 기기에서 모델을 올리고 받으려면 토큰을 만드세요.", "Create one to push or pull models from CI or a device."],
  "tokens.name": ["이름", "Name"],
  "tokens.name.hint": ["기기나 용도를 적어 두면 폐기할 때 헷갈리지 않습니다.", "Name the device or purpose: it helps when you revoke it."],
  "tokens.scopes": ["권한", "Scopes"],
  "tokens.prefix": ["토큰 앞부분", "Token begins"],
  "tokens.used": ["마지막 사용", "Last used"],
  "tokens.expires": ["만료", "Expires"],
  "tokens.models": ["모델 제한", "Only these models"],
  "tokens.models.hint": ["비워 두면 볼 수 있는 모든 모델입니다.", "Empty means all models that you may see."],
  "tokens.never": ["아직 안 씀", "Never"],
  "tokens.no-expiry": ["만료 없음", "No expiry"],
  "tokens.expired": ["만료됨", "Expired"],
  "tokens.revoke": ["폐기", "Revoke"],
  "tokens.revoke.what": ["{name} 폐기", "Revoke {name}"],
  "tokens.revoke.title": ["토큰 폐기", "Revoke token"],
  "tokens.revoke.text": ["{name}을(를) 쓰는 프로그램은 바로 접근하지 못하게 됩니다.", "Programs that use {name} lose access at once."],
  "tokens.revoked": ["토큰을 폐기했습니다", "Token revoked"],
  "tokens.made": ["{name} 토큰을 만들었습니다", "Token {name} created"],
  "tokens.once": ["한 번만 보여 드립니다. 지금 복사해 안전한 곳에 두세요.", "Shown once. Copy it now and keep it safe."],
  "tokens.token": ["토큰", "token"],
  "days": ["{n}일", "{n} days"],
  "scope.model:read": ["모델 검색과 다운로드", "Search and download models"],
  "scope.model:write": ["모델과 버전 등록", "Register models and versions"],
  "scope.alias:write": ["별칭 옮기기", "Move aliases"],
  "scope.admin": ["사용자와 토큰 관리", "Manage users and tokens"],
  "users.text": ["역할은 할 수 있는 일을 정합니다.", "The role says what a person may do."],
  "users.add": ["사용자 추가", "Add user"],
  "users.added": ["사용자를 추가했습니다", "User added"],
  "users.name": ["이름", "Name"],
  "users.role": ["역할", "Role"],
  "users.role.hint": ["개발자는 모델을 등록하고, 운영자는 기기와 별칭을 다루고, 조회자는 보고 받습니다.", "Developers publish, operators run devices and aliases, viewers search and download."],
  "role.admin": ["관리자", "Administrator"],
  "role.operator": ["운영자", "Operator"],
  "role.developer": ["개발자", "Developer"],
  "role.viewer": ["조회자", "Viewer"],
  "role.device": ["기기", "Device"],
  "users.state": ["상태", "State"],
  "users.active": ["사용 중", "Active"],
  "users.disabled": ["정지됨", "Disabled"],
  "users.disabled.hint": ["정지하면 로그인과 토큰이 바로 막힙니다.", "A disabled user loses sign-in and tokens at once."],
  "users.seen": ["마지막 접속", "Last seen"],
  "users.never": ["아직 없음", "Never"],
  "users.since": ["추가한 날", "Since"],
  "users.edit": ["{name} 편집", "Edit {name}"],
  "users.delete": ["사용자 삭제", "Delete user"],
  "users.delete.text": ["{name}의 계정과 토큰이 사라집니다. 등록한 모델은 남습니다.", "The account and tokens of {name} are deleted. Published models stay."],
  "users.deleted": ["사용자를 삭제했습니다", "User deleted"],
};

const wanted = [readStored("language"), ...navigator.languages].map((tag) => tag?.slice(0, 2));

/** The language shown: the reader's choice, else the browser's first of the two, else Korean. */
export const language = wanted.find((tag) => tag === "ko" || tag === "en") ?? "ko";
const column = language === "en" ? 1 : 0;

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
  if (value < 1000) return `${numbers.format(value)} B`;
  const power = Math.min(4, Math.floor(Math.log10(value) / 3));
  const amount = value / 1000 ** power;
  const digits = amount < 100 ? 1 : 0;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(amount)} ${"kMGT"[power - 1]}B`;
}

/** The first characters of a digest: enough to know it again. */
export function shortDigest(digest) {
  return `${digest.replace("sha256:", "").slice(0, 10)}…`;
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
