// Keeps what is being written, half a second after the last stroke. A draft is not a revision.

const WAIT = 500; // milliseconds after the last stroke
const AGAIN = 5000; // milliseconds until what could not be kept is sent again

/** Watch over a form's draft; `touched` is to be called with every change. */
export function keepDraft(form, state) {
  let waiting = 0;
  let sending = null;
  let isLeaving = false;
  let isUnkept = false;

  function show(kept) {
    isUnkept = !kept;
    form.toggleAttribute("data-unkept", isUnkept || waiting > 0);
    state.classList.toggle("is-failed", !kept);
    if (!kept) {
      state.textContent = navigator.onLine ? state.dataset.failed : state.dataset.offline;
      return;
    }
    const time = document.createElement("time");
    time.dateTime = kept;
    time.textContent = new Date(kept).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    state.replaceChildren(`${state.dataset.kept} `, time, ".");
  }

  async function send() {
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
      // Whoever was signed out meanwhile is led to a page, which keeps nothing.
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const { kept_at: kept } = await answer.json();
      show(kept);
    } catch {
      if (isLeaving) return;
      show(null);
      waiting ||= setTimeout(keep, AGAIN);
    }
  }

  // One after the other: an earlier state must not arrive after a later one.
  async function keep() {
    clearTimeout(waiting);
    waiting = 0;
    await sending;
    sending = send();
    await sending;
    sending = null;
  }

  function touched() {
    isUnkept = true;
    form.toggleAttribute("data-unkept", true);
    clearTimeout(waiting);
    waiting = setTimeout(keep, WAIT);
  }

  // A draft under way must not arrive after the text is saved: it would come back as one.
  form.addEventListener("submit", async (event) => {
    if (isLeaving) return;
    clearTimeout(waiting);
    waiting = 0;
    if (sending) {
      event.preventDefault();
      const { submitter } = event;
      await sending;
      isLeaving = true;
      form.requestSubmit(submitter);
    }
    isLeaving = true;
  });

  addEventListener("online", () => isUnkept && keep());
  addEventListener("pageshow", () => { isLeaving = false; });
  // What was typed in the last half second goes along when the page is left.
  addEventListener("pagehide", () => {
    if (waiting && !isLeaving) navigator.sendBeacon(form.dataset.draft, new FormData(form));
  });
  addEventListener("beforeunload", (event) => {
    if (state.classList.contains("is-failed") && !isLeaving) event.preventDefault();
  });
  return touched;
}
