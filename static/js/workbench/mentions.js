// The list of people under an @ in a comment, on the workbench and on the page of a claim. Without it one types the
// username. A text area is no combobox to HTML, so it says of itself what a combobox would: that it completes from a list.

import { say } from "./saying.js";

const WAIT = 120; // milliseconds after the last stroke
const BEGUN = /(?:^|[^\w.@+/-])@([\w.+-]{0,60})$/u;

let field = null; // the field that the list belongs to
let waiting = 0;
let asked = 0;

const list = document.createElement("ul");
list.id = "mention-list";
list.className = "mention-list";
list.setAttribute("role", "listbox");

document.addEventListener("focusin", ({ target }) => {
  if (!target.matches("textarea[data-mentions]")) return;
  target.setAttribute("aria-autocomplete", "list");
  target.setAttribute("aria-haspopup", "listbox");
});

const begunIn = (area) => BEGUN.exec(area.value.slice(0, area.selectionStart))?.[1] ?? null;

function close() {
  clearTimeout(waiting);
  asked += 1;
  list.remove();
  for (const name of ["aria-controls", "aria-activedescendant"]) field?.removeAttribute(name);
  field = null;
}

function choose(option) {
  for (const each of list.children) each.setAttribute("aria-selected", String(each === option));
  field.setAttribute("aria-activedescendant", option.id);
}

function step(by) {
  const options = [...list.children];
  const here = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
  choose(options[(here + by + options.length) % options.length]);
}

function take(option) {
  const area = field;
  const caret = area.selectionStart;
  const from = caret - begunIn(area).length;
  area.setRangeText(`${option.dataset.username} `, from, caret, "end");
  close();
  area.focus();
}

function show(area, people) {
  close();
  if (!people.length) return;
  field = area;
  list.replaceChildren(...people.map((person, index) => {
    const option = document.createElement("li");
    option.id = `mention-${index}`;
    option.setAttribute("role", "option");
    option.dataset.username = person.username;
    const name = document.createElement("span");
    name.textContent = person.name;
    name.dir = "auto";
    const username = document.createElement("span");
    username.className = "faint";
    username.textContent = `@${person.username}`;
    option.append(name, " ", username);
    return option;
  }));
  list.setAttribute("aria-label", area.labels[0]?.textContent.trim() ?? "");
  area.after(list);
  area.setAttribute("aria-controls", list.id);
  choose(list.firstElementChild);
  say(people.map((person) => person.name).join(", "));
}

async function ask(area, begun) {
  asked += 1;
  const turn = asked;
  const answer = await fetch(`${area.dataset.mentions}?q=${encodeURIComponent(begun)}`).catch(() => null);
  if (!answer?.ok || answer.redirected || turn !== asked) return;
  show(area, (await answer.json()).people);
}

document.addEventListener("input", (event) => {
  const area = event.target;
  if (!area.matches("textarea[data-mentions]")) return;
  clearTimeout(waiting);
  const begun = begunIn(area);
  if (begun === null) close();
  else waiting = setTimeout(ask, WAIT, area, begun);
});

// Before anything else on the page hears of it: Escape closes the list, not the inspector.
document.addEventListener("keydown", (event) => {
  if (!field || event.target !== field || event.isComposing) return;
  const acts = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => take(list.querySelector("[aria-selected=true]")),
    Tab: () => take(list.querySelector("[aria-selected=true]")),
    Escape: close,
  };
  if (!(event.key in acts)) return;
  event.preventDefault();
  event.stopPropagation();
  acts[event.key]();
}, true);

list.addEventListener("mousedown", (event) => {
  event.preventDefault(); // the field keeps the focus
  const option = event.target.closest("[role=option]");
  if (option) take(option);
});

document.addEventListener("focusout", (event) => {
  if (event.target === field) close();
});
