/* The review form by keyboard: on a point of a scale a digit chooses it, Ctrl and Enter together save.
   Nothing listens outside the form, so no key of a screen reader or a browser is taken away. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-answers]");
  if (!form) return;
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.querySelector('.actions button[name="save"]')?.click();
      return;
    }
    const radio = event.target.closest?.('.anchors input[type="radio"]');
    if (!radio || event.ctrlKey || event.altKey || event.metaKey || !/^\d$/.test(event.key)) return;
    const wanted = [...form.elements].find(
      (one) => one.name === radio.name && one.type === "radio" && one.value === event.key,
    );
    if (!wanted) return;
    event.preventDefault();
    wanted.focus();
    wanted.checked = true;
    wanted.dispatchEvent(new Event("input", { bubbles: true }));
    wanted.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
