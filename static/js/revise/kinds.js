// What a text may hold: our kinds of blocks, line breaks in them, emphasis and links. Nothing else gets in.

import { Extension, Mark, Node, pm } from "../../django_prose_editor/editor.js";

/** In the order of their keys, Ctrl+Alt+0 to 7. */
export const KINDS = [
  "paragraph", "standfirst", "heading", "quotation", "list_item", "dialogue", "table_row", "caption",
];
const ELEMENTS = { heading: "h2", quotation: "blockquote" };
// Enter at the end of one of these begins another of its kind; after the others comes a paragraph.
const REPEATING = new Set(["paragraph", "quotation", "list_item", "dialogue", "table_row"]);
const SCHEMES = new Set(["http:", "https:", "mailto:"]);

/** Whether the desk stores a link to this address. */
export function isFollowable(href) {
  try {
    return SCHEMES.has(new URL(href).protocol);
  } catch {
    return false;
  }
}

const kind = (name) => Node.create({
  name,
  group: "block",
  content: "inline*",
  defining: true,
  addOptions: () => ({ label: "" }),
  parseHTML: () => [{ tag: `[data-kind="${name}"]` }],
  renderHTML() {
    const label = name === "paragraph" ? {} : { "data-label": this.options.label };
    return [ELEMENTS[name] ?? "p", { class: `block block-${name}`, "data-kind": name, dir: "auto", ...label }, 0];
  },
});

const lineBreak = Node.create({
  name: "hard_break",
  group: "inline",
  inline: true,
  selectable: false,
  parseHTML: () => [{ tag: "br" }],
  renderHTML: () => ["br"],
  renderText: () => "\n",
});

const format = (name, tag) => Mark.create({
  name,
  parseHTML: () => [{ tag }],
  renderHTML: () => [tag, 0],
  addKeyboardShortcuts() {
    return { [name === "emphasis" ? "Mod-i" : "Mod-b"]: () => this.editor.commands.toggleMark(name) };
  },
});

const link = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes: () => ({ href: { default: "" } }),
  parseHTML: () => [{ tag: "a[href]", getAttrs: (element) => isFollowable(element.getAttribute("href")) && null }],
  renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
});

/** Enter on an empty block that is no paragraph makes it one; elsewhere it splits the block. */
function split(state, dispatch) {
  const { $from, empty } = state.selection;
  if (empty && $from.parent.type.name !== "paragraph" && $from.parent.content.size === 0) {
    return pm.commands.setBlockType(state.schema.nodes.paragraph)(state, dispatch);
  }
  const next = (node, atEnd) =>
    atEnd ? { type: REPEATING.has(node.type.name) ? node.type : state.schema.nodes.paragraph } : null;
  return pm.commands.splitBlockAs(next)(state, dispatch);
}

const keys = Extension.create({
  name: "keys",
  priority: 1000,
  addKeyboardShortcuts() {
    const run = (command) => () => command(this.editor.state, this.editor.view.dispatch);
    const breakLine = () => this.editor.commands.insertContent({ type: "hard_break" });
    const toKinds = KINDS.map((name, digit) => [`Mod-Alt-${digit}`, () => this.editor.commands.setNode(name)]);
    return { Enter: run(split), "Shift-Enter": breakLine, "Mod-Enter": breakLine, ...Object.fromEntries(toKinds) };
  },
});

/** The extensions of the editor; `labels` says what the kinds are called. */
export function extensions(labels) {
  return [
    Node.create({ name: "doc", topNode: true, content: "block+" }),
    ...KINDS.map((name) => kind(name).configure({ label: labels[name] })),
    Node.create({ name: "text", group: "inline" }),
    lineBreak,
    link,
    format("strong", "strong"),
    format("emphasis", "em"),
    keys,
  ];
}
