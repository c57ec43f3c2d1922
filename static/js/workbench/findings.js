// What the reader says of sentences without a mark: nothing found, or opinion. Said with a key, taken back by the same.

import { post, problemIn, refreshSoon } from "./bench.js";
import { here, rowOf, showFinding } from "./gutter.js";
import { findingOf, putFinding } from "./marks.js";
import { say } from "./saying.js";
import { sentences, wordsBetween } from "./text.js";

/** Say it of the sentence one stands in; `onProblem` is told why when it cannot be said. */
export async function sayOfSentence(finding, onProblem) {
  const sentence = sentences().find((each) => each.element === here());
  const row = sentence && rowOf(sentence.element);
  if (!row || !document.querySelector("[data-new]")) return;
  const { start, end } = sentence;
  const before = findingOf(start);
  const wanted = before === finding ? "" : finding;
  putFinding(start, wanted);
  showFinding(row, start);
  const answer = await post("findings/", { start, end, exact: wordsBetween(start, end), finding: wanted });
  if (!answer.ok) {
    putFinding(start, before);
    showFinding(row, start);
    onProblem(await problemIn(answer));
    return;
  }
  say((await answer.json()).said);
  refreshSoon();
}
