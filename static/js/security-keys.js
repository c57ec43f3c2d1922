// Says in the page, and not only to the console, that a security key did not answer.

document.addEventListener("allauth.error", (failure) => {
  failure.preventDefault();
  const said = document.querySelector("[data-key-failed]");
  if (said) said.hidden = false;
});
