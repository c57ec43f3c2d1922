// Choosing keys: whatever is pressed in a field takes the place of what stands there. The browser writes it, so that
// dead keys, input methods and screen readers work as in any field; without this module one types as usual.

const chosen = (event) => event.target.closest?.("[data-key-field]");

document.addEventListener("focusin", (event) => chosen(event)?.select());

document.addEventListener("keydown", (event) => {
  const writes = [...event.key].length === 1 && event.key !== " ";
  if (!writes || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  chosen(event)?.select();
});
