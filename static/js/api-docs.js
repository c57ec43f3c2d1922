// The pages that explain the API are dark by a class; it follows the theme of the account, or else the system.

const system = matchMedia("(prefers-color-scheme: dark)");
const chosen = document.documentElement.dataset.theme;

function dress() {
  document.documentElement.classList.toggle("dark-mode", chosen ? chosen === "dark" : system.matches);
}

dress();
system.addEventListener("change", dress);
