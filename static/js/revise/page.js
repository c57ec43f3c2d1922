// The revise page with a script: an editor in place of the text area, a draft that keeps itself, what would happen to
// the marks while one writes. Without it the page is a form with two fields.

import { keepDraft } from "./draft.js";
import { begin } from "./editor.js";
import { foreseeChanges } from "./foresee.js";

const form = document.getElementById("revise-form");
const host = document.getElementById("editor");
const body = form.elements.body;
const stored = host.querySelector("[name=blocks]");

const touchDraft = keepDraft(form, document.getElementById("draft-state"), document.getElementById("draft-elsewhere"));
const foreseen = foreseeChanges(form, document.getElementById("foreseen-state"));

function touched() {
  touchDraft();
  foreseen.touched();
}

const editor = begin({ host, blocks: JSON.parse(stored.value), onChange: touched });
body.hidden = body.disabled = true;
host.hidden = false;
document.getElementById("id_body_helptext").hidden = true;
document.getElementById("body-label").addEventListener("click", () => editor.focus());

// Whatever sends the form sends the editor's blocks.
form.addEventListener("formdata", ({ formData }) => formData.set("blocks", JSON.stringify(editor.blocks())));
form.addEventListener("input", (event) => {
  if (event.target === form.elements.headline) touched();
});
