/** The words of what the search did beyond what was asked: `key: [ko, en]`, as in strings.js. */
import { addWords } from "./strings.js";

addWords({
  "corrected": ["‘{q}’ 대신 ‘{corrected}’ 검색 결과입니다.", "Showing results for ‘{corrected}’ instead of ‘{q}’."],
  "corrected.as-typed": ["입력한 그대로 검색", "Search for exactly what was typed"],
  "relaxed.few": ["모든 단어에 맞는 모델이 {n}개뿐이어서 일부만 맞는 모델도 함께 보여 드립니다.", "Only {n} model matches all words; models that match some of them follow.|Only {n} models match all words; models that match some of them follow."],
  "relaxed.none": ["모든 단어에 맞는 모델이 없어서 일부만 맞는 모델을 보여 드립니다.", "No model matches all words; these match some of them."],
  "relaxed.few.one": ["‘{q}’에 꼭 맞는 모델이 {n}개뿐이어서 관련 있는 모델도 함께 보여 드립니다.", "Only {n} model matches ‘{q}’; models that have to do with it follow.|Only {n} models match ‘{q}’; models that have to do with it follow."],
  "relaxed.none.one": ["‘{q}’에 꼭 맞는 모델이 없어서 관련 있는 모델을 보여 드립니다.", "No model matches ‘{q}’; these have to do with it."],
});
