// The colours of the page: those of the system, or those that the reader has chosen.
(() => {
  "use strict";
  const CHOICES = ["auto", "light", "dark"];
  const next = () => {
    const choice = CHOICES[(CHOICES.indexOf(document.body.dataset.theme) + 1) % CHOICES.length];
    document.body.dataset.theme = choice;
    localStorage.setItem("theme", choice);
  };
  document.documentElement.classList.remove("no-js");
  for (const button of document.querySelectorAll(".theme-switch")) button.addEventListener("click", next);
})();
