// Shows what saving would do to every mark, a moment after the last stroke. The desk works it out; nothing is saved.

const WAIT = 900; // milliseconds after the last stroke
const PARTS = ["foreseen-bar", "foreseen-difference", "foreseen-marks", "foreseen-save"];

const part = (id) => document.getElementById(id);

/** Put the parts of an answer where they stand on the page. */
function put(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  for (const id of PARTS) part(id).replaceWith(document.adoptNode(answer.getElementById(id)));
}

/** Watch over what a form would do; answers `touched`, to be called with every change, and `now`. */
export function foreseeChanges(form, state) {
  let waiting = 0;
  let asked = null;

  /** What the bar shows is only read out; a problem is seen too. */
  function say(sentence, { isProblem = false } = {}) {
    state.className = isProblem ? "foreseen-problem" : "vh";
    state.textContent = sentence;
  }

  function isStale(stale) {
    form.toggleAttribute("data-stale", stale);
    for (const id of ["foreseen-bar", "foreseen-marks"]) part(id).classList.toggle("is-stale", stale);
    for (const button of part("foreseen-save").querySelectorAll("button")) button.disabled = stale;
  }

  async function now() {
    clearTimeout(waiting);
    waiting = 0;
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    form.toggleAttribute("data-foreseeing", true);
    try {
      const answer = await fetch(form.dataset.foresee, { method: "POST", body: new FormData(form), signal });
      const said = await answer.text();
      if (answer.ok && !answer.redirected) {
        put(said);
        form.querySelector("[name=preview]").classList.remove("button-main");
        isStale(false);
        say(part("fates-sentence")?.textContent ?? "");
      } else {
        say([409, 422].includes(answer.status) ? said : state.dataset.failed, { isProblem: true });
      }
    } catch {
      if (!signal.aborted) say(state.dataset.failed, { isProblem: true });
    }
    if (!signal.aborted) form.toggleAttribute("data-foreseeing", waiting > 0);
  }

  function touched() {
    isStale(true);
    form.toggleAttribute("data-foreseeing", true);
    clearTimeout(waiting);
    waiting = setTimeout(now, WAIT);
  }

  return { touched, now };
}
