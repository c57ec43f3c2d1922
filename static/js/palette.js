// The palette: every link and button of the page that carries data-command or data-go, found by typing a part of it.
// Enter on nothing chosen searches the desk for the words, which is also what happens without this module.

const palette = document.getElementById("palette");
const field = palette?.querySelector("input");
const list = palette?.querySelector("[role=listbox]");

const nameOf = (element) => element.dataset.command || element.textContent.trim().replace(/\s+/g, " ");

function commands() {
  const found = document.querySelectorAll("[data-command]:not([disabled]), [data-go]");
  return [...found].filter((element) => element.checkVisibility() && !palette.contains(element));
}

function matches(name, words) {
  const folded = name.toLocaleLowerCase();
  return words.every((word) => folded.includes(word));
}

function option(element, index) {
  const item = document.createElement("li");
  item.id = `palette-${index}`;
  item.setAttribute("role", "option");
  item.append(nameOf(element));
  item.addEventListener("click", () => run(element));
  return item;
}

function choose(index) {
  const items = [...list.children];
  for (const [position, item] of items.entries()) item.setAttribute("aria-selected", String(position === index));
  if (items[index]) {
    field.setAttribute("aria-activedescendant", items[index].id);
    items[index].scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

const chosen = () => [...list.children].findIndex((item) => item.getAttribute("aria-selected") === "true");

function fill() {
  const words = field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = commands().filter((element) => matches(nameOf(element), words));
  list.replaceChildren(...found.map(option));
  field.setAttribute("aria-expanded", String(found.length > 0));
  choose(found.length > 0 ? 0 : -1);
}

function run(element) {
  palette.close();
  element.click();
}

function open() {
  field.value = "";
  fill();
  palette.showModal();
}

function step(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const count = list.children.length;
  if (by && count) {
    event.preventDefault();
    choose((chosen() + by + count) % count);
  } else if (event.key === "Enter" && chosen() >= 0) {
    event.preventDefault();
    list.children[chosen()].click();
  }
}

if (palette) {
  field.addEventListener("input", fill);
  field.addEventListener("keydown", step);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!palette.open) open();
  });
}
