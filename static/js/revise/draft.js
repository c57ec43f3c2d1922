// Keeps what is being written, half a second after the last stroke. A draft is not a revision. Where the same person
// wrote in another window meanwhile, nothing is kept until they choose.

const WAIT = 500; // milliseconds after the last stroke
const AGAIN = 5000; // milliseconds until what could not be kept is sent again

/** Watch over a form's draft; `touched` is to be called with every change. `elsewhere` is shown while two windows differ. */
export function keepDraft(form, state, elsewhere) {
  let waiting = 0;
  let sending = null;
  let isLeaving = false;
  let isUnkept = false;
  let wasSentOnLeaving = false;
  let theirs = ""; // when the draft of another window was kept

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

  function ask({ kept_at: kept }) {
    theirs = kept ?? "";
    if (isLeaving || !elsewhere.hidden) return;
    elsewhere.hidden = false;
    elsewhere.scrollIntoView({ block: "nearest" });
  }

  elsewhere.querySelector("[data-keep-mine]").addEventListener("click", () => {
    form.elements.kept.value = theirs;
    elsewhere.hidden = true;
    keep();
  });
  elsewhere.querySelector("[data-take-other]").addEventListener("click", () => {
    isLeaving = true;
    location.assign(form.action);
  });

  async function send() {
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
      if (answer.status === 409) return ask(await answer.json());
      // Whoever was signed out meanwhile is led to a page, which keeps nothing.
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      const { kept_at: kept } = await answer.json();
      form.elements.kept.value = kept;
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
    waiting = elsewhere.hidden ? setTimeout(keep, WAIT) : 0;
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
  addEventListener("pageshow", (event) => {
    isLeaving = false;
    // A page that comes back as it was does not know what was kept when it was left.
    if (event.persisted && wasSentOnLeaving) location.reload();
  });
  // What was typed in the last half second goes along when the page is left.
  addEventListener("pagehide", () => {
    if (!waiting || isLeaving || !elsewhere.hidden) return;
    wasSentOnLeaving = true;
    navigator.sendBeacon(form.dataset.draft, new FormData(form));
  });
  addEventListener("beforeunload", (event) => {
    if ((state.classList.contains("is-failed") || !elsewhere.hidden) && !isLeaving) event.preventDefault();
  });
  return touched;
}
