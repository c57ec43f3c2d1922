// The address of a link: asked for in a dialog, set on the selected words or on the link that the caret stands in.

import { isFollowable } from "./kinds.js";

const dialog = document.getElementById("link-dialog");

/** Whether words are selected, or the caret stands in a link. */
export function canLink(editor) {
  return !editor.state.selection.empty || editor.isActive("link");
}

/** An address as people type it: without its scheme it is one of the web. */
function addressOf(typed) {
  const words = typed.trim();
  if (isFollowable(words)) return words;
  return /^[\w.-]+\.\w{2,}([/?#].*)?$/u.test(words) ? `https://${words}` : "";
}

/** Ask where the words lead, and let them; the selection stays where it was. */
export function askForLink(editor) {
  if (!canLink(editor)) return;
  const field = dialog.querySelector("input");
  const remove = dialog.querySelector("[value=remove]");
  field.value = editor.getAttributes("link").href ?? "";
  field.setCustomValidity("");
  remove.hidden = !field.value;
  field.oninput = () => field.setCustomValidity(addressOf(field.value) ? "" : field.dataset.wrong);
  dialog.returnValue = "";
  dialog.showModal();
  dialog.onclose = () => {
    const words = editor.chain().focus().extendMarkRange("link");
    if (dialog.returnValue === "set" && addressOf(field.value)) words.setMark("link", { href: addressOf(field.value) }).run();
    else if (dialog.returnValue === "remove") words.unsetMark("link").run();
    else editor.commands.focus();
  };
}
