// Comments without loading the page anew: the same addresses and forms as without a script, answered with the
// inspector alone. Key: t.

import "./mentions.js";
import { onAct } from "../keys.js";
import { say } from "./saying.js";

const inspector = () => document.getElementById("inspector");
const idsOfComments = () => new Set([...inspector().querySelectorAll("[id^=comment-]")].map((each) => each.id));

function showInspector(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("inspector");
  if (!fresh) return false;
  inspector().replaceWith(fresh);
  const count = fresh.querySelector("[data-open-comments]")?.dataset.openComments;
  const shown = document.querySelector(".tools [data-open-comments]");
  if (shown) shown.textContent = count === "0" ? "" : count;
  return true;
}

function showFailure(form, words) {
  form.querySelector("[data-failed]")?.remove();
  const told = document.createElement("p");
  told.className = "field-error";
  told.setAttribute("role", "alert");
  told.dataset.failed = "";
  told.textContent = words;
  form.prepend(told);
}

/** Where one goes on: at what went wrong, the comment that is new, or the thread that was settled. */
function focusAfter(known, thread) {
  const wrong = inspector().querySelector("[aria-invalid=true], .notice[role=alert]");
  const fresh = [...inspector().querySelectorAll("[id^=comment-]")].find((each) => !known.has(each.id));
  const target = wrong ?? fresh ?? document.getElementById(thread)?.querySelector("summary") ?? inspector();
  if (wrong?.matches(".notice")) wrong.tabIndex = -1;
  target.focus();
  if (fresh) say(fresh.querySelector(".said-words").textContent.trim());
}

async function send(form, submitter) {
  const known = idsOfComments();
  const thread = form.closest(".thread")?.id;
  const headers = { "HX-Request": "true", "HX-Target": "inspector" };
  submitter?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", headers, body: new FormData(form, submitter) });
    if (showInspector(await answer.text())) focusAfter(known, thread);
    else if (answer.ok) location.reload(); // signed out meanwhile
    else showFailure(form, `${answer.status} ${answer.statusText}`);
  } catch (error) {
    showFailure(form, error.message);
  } finally {
    submitter?.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("#inspector form[data-comment]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

onAct("comment", () => {
  const form = inspector()?.querySelector("[data-say]");
  if (!form) {
    document.querySelector("[data-comments]")?.click();
    return;
  }
  form.open = true;
  form.querySelector("textarea").focus();
});

// A link to a comment leads to it, wherever the inspector stands on this screen.
if (location.hash.startsWith("#comment-")) document.getElementById(location.hash.slice(1))?.focus();
