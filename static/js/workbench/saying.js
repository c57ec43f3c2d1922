// What is said to people who listen to the page.

/** Have a sentence read out. */
export function say(sentence) {
  const live = document.getElementById("bench-live");
  if (!live) return;
  live.textContent = "";
  // A region that is emptied and filled at once may stay silent.
  setTimeout(() => {
    live.textContent = sentence;
  }, 30);
}
