/** The words of the entry of context tags: `key: [ko, en]`, as in strings.js. */
import { addWords } from "./strings.js";

addWords({
  "register.tags": ["컨텍스트 태그", "Context tags"],
  "tags.placeholder": ["사람, env:night …", "person, env:night …"],
  "tags.number": ["숫자, 단위 {unit}", "number, in {unit}"],
  "tags.number.plain": ["숫자", "number"],
  "tags.number.wrong": ["{name}은(는) 숫자로 적습니다. 예: {tag}", "{name} is a number, such as {tag}"],
});
