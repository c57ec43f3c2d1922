// Puts each row of the margin beside the line its sentence begins on; pushes down where two would meet.

import { article } from "./text.js";

const narrow = matchMedia("(max-width: 42rem)");

/** Measure first, then write, so that the page is laid out once. */
export function place() {
  const gutters = [...document.querySelectorAll("#text .gutter")];
  for (const gutter of gutters) gutter.classList.toggle("is-placed", !narrow.matches);
  if (narrow.matches) return;
  const measured = gutters.map((gutter) => [gutter, rowsOf(gutter)]);
  for (const [gutter, rows] of measured) {
    let floor = 0;
    for (const { row, middle, height } of rows) {
      const top = Math.max(middle - height / 2, floor);
      row.style.setProperty("--y", `${top}px`);
      floor = top + height + 1;
    }
    gutter.style.setProperty("min-block-size", `${floor}px`);
  }
}

function rowsOf(gutter) {
  const top = gutter.getBoundingClientRect().top;
  return [...gutter.children].map((row) => {
    const line = document.getElementById(row.dataset.for)?.getClientRects()[0];
    return { row, height: row.offsetHeight, middle: line ? line.top + line.height / 2 - top : 0 };
  });
}

const watcher = new ResizeObserver(place);

/** Place the rows now and whenever the text changes its size. */
export function keepPlaced() {
  watcher.disconnect();
  if (article()) watcher.observe(article());
}
