/* Small comforts; every page works without them. */
(() => {
  "use strict";

  // After a refused form the reader starts at the list of what to mend.
  document.querySelector("[data-focus]")?.focus();

  // On a phone the menu and tabs scroll sideways: bring the place where one is into sight.
  document.querySelectorAll(".site__nav > ul, .tabs").forEach((menu) => {
    const here = menu.querySelector("[aria-current]");
    if (here) menu.scrollLeft = here.offsetLeft - menu.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
  });

  // What opens below the menu closes at Escape, and when one goes on elsewhere.
  document.querySelectorAll("details[data-menu]").forEach((menu) => {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    const leave = (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    };
    document.addEventListener("click", leave);
    document.addEventListener("focusin", leave);
  });

  // A second press of the same button while the first is on its way is swallowed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    else form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  // A blocked button does nothing; its reasons stand below it.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
  });

  // The counter tells how many characters stand in the field now; told aloud only when typing pauses.
  document.querySelectorAll("[data-counter]").forEach((counter) => {
    const control = document.getElementById(counter.dataset.counter);
    if (!control) return;
    const limit = counter.textContent;
    const show = () => {
      counter.textContent = limit + " " + counter.dataset.now.replace("%s", control.value.length);
    };
    control.addEventListener("input", show);
    show();
  });
})();
