/** The words of the ranked list: `key: [ko, en]`, as in strings.js. They come with the first search. */
import { addWords } from "./strings.js";

addWords({
  // How the query was understood
  "understood": ["검색어를 이렇게 이해했습니다", "How the query was understood"],
  "understood.means": ["뜻:", "means"],
  "understood.not": ["제외", "not"],
  "understood.nothing": ["찾을 낱말이 없어 모두 보여 드립니다", "no word to look for: all are shown"],
  "understood.word": ["낱말", "Word"],
  "understood.phrase": ["구절", "Phrase"],
  "understood.prefix": ["앞부분", "Beginning"],
  "understood.key": ["컨텍스트 조건", "Context"],
  "understood.number": ["숫자 조건", "Number"],
  "understood.has": ["값이 있음", "Has a value"],
  "understood.group": ["묶음", "Group"],
  "understood.sort": ["정렬", "Order"],

  // What goes with it
  "near": ["함께 찾는 컨텍스트", "Related context"],
  "near.add": ["검색어에 더하기:", "Add to the query:"],
  "near.also": ["이런 모델에 흔한 조건", "Common among such models"],
  "near.strength": ["함께 나오는 정도 {percent}, 100 %면 늘 함께", "together {percent}, 100 %: always"],
  "near.figure": ["%는 함께 나오는 정도", "%: how much they go together"],
  "near.support": ["모델 {n}개", "{n} model|{n} models"],
  "row.variant": ["변형 {name}", "Variant {name}"],
  "why": ["찾은 까닭", "Found by"],

  // Filters
  "facets.more": ["{n}개 더 보기", "{n} more"],
  "facets.fewer": ["줄이기", "Fewer"],
  "facets.wait": ["서버가 방금 시작되어 조건별 개수를 준비하고 있습니다.", "The server has just started and is counting the filters."],
  "sort.size": ["작은 크기순", "Smallest first"],
  "sort.-size": ["큰 크기순", "Largest first"],
  "or": ["또는", "or"],
  "facets.or": ["하나라도 맞으면", "any of these"],
});
