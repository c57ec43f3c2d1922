// Keeps what is being written on the revise page, a few seconds after the last stroke. A draft is not a revision.

const WAIT = 3000; // milliseconds after the last stroke

const form = document.getElementById("revise-form");
const state = document.getElementById("draft-state");
let waiting = 0;
let isLeaving = false;

async function keep() {
  waiting = 0;
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
    if (!answer.ok) throw new Error(answer.statusText);
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    state.textContent = `${state.dataset.kept} ${time}.`;
  } catch {
    if (!isLeaving) state.textContent = state.dataset.failed;
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(keep, WAIT);
});

form?.addEventListener("submit", () => {
  isLeaving = true;
  clearTimeout(waiting);
});

// What was typed in the last seconds goes along when the page is left.
addEventListener("pagehide", () => {
  if (waiting && !isLeaving) navigator.sendBeacon(form.dataset.draft, new FormData(form));
});
