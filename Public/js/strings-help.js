/** The words of the help on searching: `key: [ko, en]`, as in strings.js. */
import { addWords } from "./strings.js";

addWords({
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
