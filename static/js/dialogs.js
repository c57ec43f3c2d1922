// A button with data-open="id" opens that dialog; a press on the ground beside it closes it. Esc is the browser's.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  if (event.target instanceof HTMLDialogElement && isBeside(event.target, event)) event.target.close();
});

function isBeside(dialog, { clientX, clientY }) {
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}
