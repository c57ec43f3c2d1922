// What every page of the desk does with a script: keys, dialogs, the palette. Pages stand without it.

import "./dialogs.js";
import "./palette.js";
import { listen, onAct, onKey } from "./keys.js";

const focusOn = (selector) => () => {
  const field = document.querySelector(selector);
  field?.focus();
  field?.select?.();
};

const press = (selector) => () => document.querySelector(selector)?.click();

onAct("undo", press("[data-undo]"));
onAct("redo", press("[data-redo]"));
for (const mark of "?؟") onKey(mark, () => document.getElementById("keys")?.showModal());
onAct("search", focusOn("[data-find]"));
listen();
