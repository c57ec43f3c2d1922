// What every page of the desk does with a script: keys, dialogs, the palette. Pages stand without it.

import "./dialogs.js";
import "./palette.js";
import { onKey, listen } from "./keys.js";

const focusOn = (selector) => () => {
  const field = document.querySelector(selector);
  field?.focus();
  field?.select?.();
};

const press = (selector) => () => document.querySelector(selector)?.click();

onKey("z", press("[data-undo]"));
onKey("Z", press("[data-redo]"));
onKey("?", () => document.getElementById("keys")?.showModal());
onKey("/", focusOn("[data-find]"));
listen();
