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

  // Switching the language keeps what is typed and not yet saved: it waits in this tab for the same page. Passwords
  // and files stay where they were typed.
  const typed = (keep) => {
    const seen = {};
    document.querySelectorAll("main form[method=post] :is(input, select, textarea)[name]").forEach((field) => {
      if (["hidden", "password", "file", "submit"].includes(field.type) || field.name === "language") return;
      const chosen = ["checkbox", "radio"].includes(field.type);
      const number = (seen[field.name] = (seen[field.name] ?? 0) + 1);
      keep(chosen ? `${field.name} ${number} ${field.value}` : `${field.name} ${number}`, field, chosen);
    });
  };
  const valueOf = (field, chosen) => {
    if (chosen) return field.checked;
    return field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value;
  };
  document.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "language") return;
    const values = {};
    typed((key, field, chosen) => (values[key] = valueOf(field, chosen)));
    try {
      sessionStorage.setItem("typed", JSON.stringify({ page: location.pathname, values }));
    } catch {} // a browser that keeps nothing
  });
  try {
    const { page, values } = JSON.parse(sessionStorage.getItem("typed") ?? "{}");
    sessionStorage.removeItem("typed");
    if (page === location.pathname) typed((key, field, chosen) => {
      if (!(key in values) || JSON.stringify(valueOf(field, chosen)) === JSON.stringify(values[key])) return;
      if (chosen) field.checked = values[key];
      else if (field.multiple) [...field.options].forEach((option) => (option.selected = values[key].includes(option.value)));
      else field.value = values[key];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  } catch {}

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
