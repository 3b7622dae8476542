/** The words of the ranked list and of its help: `key: [ko, en]`, as in strings.js. They come with the first search. */
import { addWords } from "./strings.js";

addWords({
  // How the query was understood
  "understood": ["검색어를 이렇게 이해했습니다", "How the query was understood"],
  "understood.means": ["뜻:", "means"],
  "understood.not": ["제외", "not"],
  "understood.word": ["낱말", "Word"],
  "understood.phrase": ["구절", "Phrase"],
  "understood.prefix": ["앞부분", "Beginning"],
  "understood.key": ["컨텍스트 조건", "Context"],
  "understood.number": ["숫자 조건", "Number"],
  "understood.has": ["값이 있음", "Has a value"],
  "understood.group": ["묶음", "Group"],
  "understood.sort": ["정렬", "Order"],
  "corrected": ["‘{q}’ 대신 ‘{corrected}’ 검색 결과입니다.", "Showing results for ‘{corrected}’ instead of ‘{q}’."],
  "corrected.as-typed": ["입력한 그대로 검색", "Search for exactly what was typed"],
  "relaxed": ["모든 단어에 맞는 모델이 적어서 일부만 맞는 모델도 함께 보여 드립니다.", "Few models match all words, so models that match some of them follow."],
  "relaxed.few": ["모든 단어에 맞는 모델이 {n}개뿐이어서 일부만 맞는 모델도 함께 보여 드립니다.", "Only {n} model matches all words; models that match some of them follow.|Only {n} models match all words; models that match some of them follow."],
  "relaxed.none": ["모든 단어에 맞는 모델이 없어서 일부만 맞는 모델을 보여 드립니다.", "No model matches all words; these match some of them."],

  // What goes with it
  "near": ["함께 찾는 컨텍스트", "Related context"],
  "near.add": ["검색어에 더하기:", "Add to the query:"],
  "near.also": ["함께 많이 쓰는 조건", "People also filter by"],
  "near.strength": ["연관도 {percent}", "strength {percent}"],
  "near.support": ["모델 {n}개", "{n} model|{n} models"],
  "why": ["찾은 까닭", "Found by"],

  // Filters
  "facet.sensor": ["센서", "Sensor"],
  "facet.license": ["라이선스", "License"],
  "facet.tag": ["태그", "Tag"],
  "facets.more": ["{n}개 더 보기", "{n} more"],
  "facets.fewer": ["줄이기", "Fewer"],
  "facets.wait": ["서버가 방금 시작되어 조건별 개수를 준비하고 있습니다.", "The server has just started and is counting the filters."],
  "sort.size": ["작은 크기순", "Smallest first"],
  "sort.-size": ["큰 크기순", "Largest first"],
  "empty.search": ["위의 검색어나 조건을 하나 빼거나 다른 낱말로 찾아보세요.", "Take out one of the words or filters above, or try other words."],

  // Help
  "help.words": ["모두 맞는 모델을 먼저 찾습니다. 한국어와 영어, 비슷한 말, 오타도 알아듣습니다.", "Models that match all words come first. Korean, English, synonyms and typing errors are understood."],
  "help.exact": ["따옴표 안은 적힌 그대로, *는 그렇게 시작하는 낱말입니다.", "Quotes mean exactly these words; * means words that begin so."],
  "help.context": ["컨텍스트의 값입니다. 쉼표는 ‘또는’입니다.", "A value of the context. A comma means “or”."],
  "help.numbers": ["숫자를 단위와 함께 비교합니다. 범위는 size:1MB..5MB처럼 씁니다.", "Numbers are compared, with units. A range is written size:1MB..5MB."],
  "help.logic": ["-는 제외, OR와 괄호는 둘 중 하나, has:는 값이 있는 것, sort:는 정렬입니다.", "- leaves out, OR and brackets take either, has: wants any value, sort: orders."],
  "help.key.search": [" 검색창 · ", " search field · "],
  "help.key.offers": [" 제안 고르기 · ", " choose a suggestion · "],
  "help.key.results": [" 결과 오가기 · ", " next and previous result · "],
  "help.key.close": [" 닫기", " close"],
});
