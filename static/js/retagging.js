// Tags to look at again, by keys: the one that has the focus, else the first.

import { onAct } from "./keys.js";

const rows = () => [...document.querySelectorAll("[data-retag]")];
const current = () => document.activeElement?.closest("[data-retag]") ?? rows()[0];

function step(by) {
  const all = rows();
  const at = all.indexOf(document.activeElement?.closest("[data-retag]"));
  const next = at < 0 ? all[0] : all[Math.min(Math.max(at + by, 0), all.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function again() {
  const entry = current()?.querySelector("select");
  if (entry?.value) current().querySelector("button[value=again]").click();
  else entry?.focus();
}

onAct("keep-tag", () => current()?.querySelector("button[value=keep]").click());
onAct("tag-again", again);
onAct("next-tag", () => step(1));
onAct("previous-tag", () => step(-1));
