/** The words of a search that finds nothing: `key: [ko, en]`, as in strings.js. */
import { addWords } from "./strings.js";

addWords({
  "empty.guilty": ["{name} 조건을 빼면 모델 {n}개가 나옵니다.", "Without {name} there is {n} model.|Without {name} there are {n} models."],
  "empty.none": ["하나를 빼도 맞는 모델이 없습니다. 조건을 모두 지우거나 다른 낱말로 찾아보세요.", "Taking out any one of them finds nothing either. Clear them all, or try other words."],
  "empty.drop": ["{name} 빼기: 모델 {n}개", "Take out {name}: {n} model|Take out {name}: {n} models"],
  "empty.then": ["{n}개", "{n}"],
  "empty.without": ["빼면 결과가 나오는 조건", "Conditions to take out"],
  "empty.words": ["검색어 전체", "all words"],
  "empty.filters": ["필터 전체", "all filters"],
  "empty.search": ["위의 검색어나 조건을 하나 빼거나 다른 낱말로 찾아보세요.", "Take out one of the words or filters above, or try other words."],
});
