// "r" presses the button of the removed line that has the focus, or of the first one still removed; "x" and "h" press
// those of the line of the story that has it. Without this module the same buttons do the same.

import { onAct } from "./keys.js";

onAct("restore-line", () => {
  const row = document.activeElement?.closest("[data-removed]");
  const button = row ? row.querySelector("button") : document.querySelector("[data-removed] button[name=restore]");
  button?.click();
});

const pressInLine = (name) => () =>
  document.activeElement?.closest("[data-line]")?.querySelector(`button[name=${name}]`)?.click();

onAct("remove-line", pressInLine("remove"));
onAct("head-with-line", pressInLine("lead"));
