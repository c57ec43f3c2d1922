// The editor of the revise page: django-prose-editor's Editor with our kinds of blocks, and its tools.

import { Editor, History, pm } from "../../django_prose_editor/editor.js";
import { blocksOf, documentOf } from "./blocks.js";
import { extensions, KINDS } from "./kinds.js";
import { askForLink, canLink } from "./link.js";
import { cleaned, paragraphsOf, unstyled } from "./paste.js";

const { Fragment, Slice } = pm.model;

/** What stood in our own editor when it was copied needs no cleaning. */
const isOurs = (html) => html.includes("data-pm-slice") && html.includes("data-kind=");

function sliceOf(text, schema) {
  const blocks = paragraphsOf(text).map((lines) => schema.nodes.paragraph.create(null, Fragment.from(
    lines.flatMap((line, index) => [
      ...(index ? [schema.nodes.hard_break.create()] : []),
      ...(line ? [schema.text(line)] : []),
    ]),
  )));
  return Slice.maxOpen(Fragment.from(blocks));
}

/** A file without words beside it, as pictures come. */
const isFile = (transfer) => transfer?.files.length > 0 && !transfer.getData("text/html") && !transfer.getData("text/plain");

function takes(host, say) {
  const refuse = (transfer) => isFile(transfer) && (say(host.dataset.noPictures), true);
  return {
    handlePaste: (_view, event) => refuse(event.clipboardData),
    handleDrop: (_view, event) => refuse(event.dataTransfer),
    transformPastedHTML(html) {
      if (isOurs(html)) return unstyled(html);
      const { html: ours, pictures } = cleaned(html);
      if (pictures) say(host.dataset.noPictures);
      return ours;
    },
    clipboardTextParser: (text, $context) => sliceOf(text, $context.doc.type.schema),
  };
}

function showState(editor, host) {
  const { $from } = editor.state.selection;
  host.querySelector("[data-kind-choice]").value = $from.parent.type.name;
  for (const button of host.querySelectorAll("[data-format]")) {
    button.setAttribute("aria-pressed", String(editor.isActive(button.dataset.format)));
  }
  host.querySelector("[data-link]").disabled = !canLink(editor);
  host.querySelector("[data-undo]").disabled = !editor.can().undo();
  host.querySelector("[data-redo]").disabled = !editor.can().redo();
}

function equip(editor, host) {
  const press = (selector, act) => host.querySelector(selector).addEventListener("click", act);
  host.querySelector("[data-kind-choice]").addEventListener("change", ({ target }) => {
    if (KINDS.includes(target.value)) editor.chain().focus().setNode(target.value).run();
  });
  for (const { dataset } of host.querySelectorAll("[data-format]")) {
    press(`[data-format=${dataset.format}]`, () => editor.chain().focus().toggleMark(dataset.format).run());
  }
  press("[data-link]", () => askForLink(editor));
  press("[data-undo]", () => editor.chain().focus().undo().run());
  press("[data-redo]", () => editor.chain().focus().redo().run());
  // A press on a tool takes neither the focus nor the selection out of the text.
  host.querySelector("[role=toolbar]").addEventListener("mousedown", (event) => {
    if (event.target.closest("button")) event.preventDefault();
  });
  editor.on("transaction", () => showState(editor, host));
  showState(editor, host);
}

/** Put the editor into `host`. Answers how to read its blocks; `onChange` hears of every change of them. */
export function begin({ host, blocks, onChange }) {
  const place = host.querySelector("[data-place]");
  const said = host.querySelector("[data-said]");
  const say = (sentence) => { said.textContent = sentence; };
  const labels = Object.fromEntries([...host.querySelectorAll("[data-kind-choice] option")].map((option) => [option.value, option.textContent]));
  const editor = new Editor({
    element: place,
    extensions: [...extensions(labels), History],
    content: documentOf(blocks),
    injectCSS: false, // our own sheet has the few rules it needs: no style comes in by script
    enableInputRules: false,
    enablePasteRules: false,
    editorProps: {
      attributes: {
        role: "textbox", "aria-multiline": "true", "aria-labelledby": "body-label",
        "aria-describedby": place.dataset.describedby, class: "editor-text text", spellcheck: "true",
      },
      ...takes(host, say),
      handleKeyDown(view, event) {
        say("");
        // A key may come before the browser tells where the last one put the caret. Taken at the old place, Backspace
        // would be left to the browser, which merges blocks with styles that our policy keeps out.
        if (!view.composing) view.domObserver.flush();
        if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return false;
        if (!canLink(editor)) return false; // nothing to link: the palette may have its key
        event.stopPropagation();
        askForLink(editor);
        return true;
      },
    },
    onUpdate: onChange,
  });
  equip(editor, host);
  return { blocks: () => blocksOf(editor.getJSON()), focus: () => editor.commands.focus() };
}
