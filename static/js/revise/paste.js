// What is pasted or dropped, brought down to our blocks: no styles, no spans, no pictures. Words stay as they are
// written, quotes and no-break spaces too.

import { isFollowable } from "./kinds.js";

const SKIPPED = "head, style, script, template, title, meta, link, iframe, object, svg, math, button, input, select, " +
  "textarea, noscript, del, o\\:p, [hidden], [aria-hidden=true]";
const BOXES = new Set(
  ("ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 " +
  "H2 H3 H4 H5 H6 HEADER HGROUP HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL").split(" "),
);
const CELLS = " | "; // between the cells of a row, as in copy that is brought in
const SPACES = /[ \t\r\n\f]+/g; // what HTML folds; a no-break space is a letter to it, and to us

const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi;

/** HTML whose styles are names without effect: under our policy a browser complains even of parsing them. */
export function unstyled(html) {
  return html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(TAG, (tag) => tag.replace(/(["'\s/])(?=(?:style|on\w+)\s*=)/gi, "$1data-"));
}

const styleOf = (element) => element.dataset.style ?? "";
const isHidden = (element) => /display:\s*none|mso-hide:\s*all|mso-list:\s*Ignore/i.test(styleOf(element));
const isSkipped = (element) => element.matches(SKIPPED) || isHidden(element);
const classOf = (element) => element.getAttribute("class") ?? "";

/** The kind of block an element makes of what stands in it; nothing when it leaves that to what is around it. */
function kindOf(element) {
  if (/^H[1-6]$/.test(element.tagName) || /^MsoTitle|^MsoSubtitle/.test(classOf(element))) return "heading";
  if (element.tagName === "BLOCKQUOTE" || /^Mso(Intense)?Quote/.test(classOf(element))) return "quotation";
  if (element.tagName === "LI" || /mso-list:\s*l\d/i.test(styleOf(element))) return "list_item";
  if (["FIGCAPTION", "CAPTION"].includes(element.tagName) || /^MsoCaption/.test(classOf(element))) return "caption";
  return null;
}

/** The formats an element adds; Google puts everything into a <b> that is not bold. */
function formatsOf(element) {
  const style = styleOf(element);
  const formats = [];
  if (element.tagName === "A" && isFollowable(element.getAttribute("href") ?? "")) formats.push(["a", element.getAttribute("href")]);
  const weight = /(?:^|;)\s*font-weight:\s*(\w+)/i.exec(style)?.[1];
  const isBold = weight ? weight === "bold" || weight === "bolder" || Number(weight) >= 600 : /^(B|STRONG)$/.test(element.tagName);
  const slope = /(?:^|;)\s*font-style:\s*(\w+)/i.exec(style)?.[1];
  const isItalic = slope ? slope !== "normal" : /^(I|EM|CITE)$/.test(element.tagName);
  if (isBold) formats.push(["strong"]);
  if (isItalic) formats.push(["em"]);
  return formats;
}

/** Collects blocks as paragraphs of an inert document. */
class Collected {
  constructor() {
    this.document = document.implementation.createHTMLDocument("");
    this.block = null;
    this.kind = "paragraph";
    this.pictures = 0;
  }

  get root() {
    return this.document.body;
  }

  close() {
    while (this.block?.lastChild?.nodeName === "BR") this.block.lastChild.remove();
    const last = this.block?.lastChild;
    const words = last && this.document.createNodeIterator(last, NodeFilter.SHOW_TEXT);
    let text = null;
    for (let node = words?.nextNode(); node; node = words.nextNode()) text = node;
    if (text) text.data = text.data.replace(/[ \t\r\n\f]+$/, "");
    if (this.block && !this.block.textContent.trim()) this.block.remove();
    this.block = null;
  }

  open() {
    if (this.block) return;
    this.block = this.document.createElement("p");
    this.block.dataset.kind = this.kind;
    this.root.append(this.block);
  }

  write(words, formats) {
    if (!this.block && !words.replace(SPACES, "")) return;
    this.open();
    const isAfterSpace = !this.block.textContent || /[ \t\r\n\f]$/.test(this.block.textContent) || this.block.lastChild.nodeName === "BR";
    let node = this.document.createTextNode(isAfterSpace ? words.replace(/^[ \t\r\n\f]+/, "") : words);
    if (!node.data) return;
    for (const [tag, href] of formats) {
      const element = this.document.createElement(tag);
      if (href) element.setAttribute("href", href);
      element.append(node);
      node = element;
    }
    this.block.append(node);
  }

  breakLine() {
    if (!this.block) return;
    if (this.block.lastChild?.nodeName === "BR") this.close(); // two in a row part paragraphs
    else this.block.append(this.document.createElement("br"));
  }
}

function walk(node, formats, to, isPre) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (!isPre) to.write(node.data.replace(SPACES, " "), formats);
    else for (const [index, line] of node.data.split(/\r?\n/).entries()) {
      if (index) to.breakLine();
      to.write(line, formats);
    }
  } else if (node.nodeType === Node.ELEMENT_NODE && !isSkipped(node)) {
    enter(node, formats, to, isPre);
  }
}

function walkAll(element, formats, to, isPre) {
  for (const child of element.childNodes) walk(child, formats, to, isPre);
}

function enter(element, formats, to, isPre) {
  if (element.tagName === "BR") {
    to.breakLine();
  } else if (element.tagName === "IMG") {
    to.pictures += 1;
  } else if (element.tagName === "TR" && element.cells.length > 1) {
    row(element, formats, to);
  } else if (BOXES.has(element.tagName)) {
    const around = to.kind;
    to.close();
    to.kind = kindOf(element) ?? around;
    walkAll(element, to.kind === "heading" ? [] : formats, to, isPre || element.tagName === "PRE");
    to.close();
    to.kind = around;
  } else {
    walkAll(element, [...formats, ...(to.kind === "heading" ? [] : formatsOf(element))], to, isPre);
  }
}

/** The cells of a row become one block, whatever stands in them. */
function row(element, formats, to) {
  to.close();
  to.kind = "table_row";
  let isFirst = true;
  for (const cell of element.cells) {
    const inside = new Collected();
    walkAll(cell, formats, inside, false);
    inside.close();
    to.pictures += inside.pictures;
    if (!inside.root.textContent.trim()) continue;
    to.open();
    if (!isFirst) to.block.append(CELLS);
    isFirst = false;
    for (const [index, block] of [...inside.root.children].entries()) {
      if (index) to.block.append(" ");
      to.block.append(...block.childNodes);
    }
  }
  to.close();
  to.kind = "paragraph";
}

/** HTML from anywhere as HTML of our blocks alone, and how many pictures were left out. */
export function cleaned(html) {
  const to = new Collected();
  walkAll(new DOMParser().parseFromString(unstyled(html), "text/html").body, [], to, false);
  to.close();
  return { html: to.root.innerHTML, pictures: to.pictures };
}

/** Plain text as lists of lines, one list for each block: blank lines part blocks; without any, every line is one. */
export function paragraphsOf(text) {
  const lines = text.replace(/\r\n?|[\u2028\u2029\v\f]/g, "\n").replace(/^\n+|\n+$/g, "");
  return /\n[^\S\n]*\n/.test(lines)
    ? lines.split(/\n[^\S\n]*(?:\n[^\S\n]*)+/).map((part) => part.split("\n"))
    : lines.split("\n").map((line) => [line]);
}
