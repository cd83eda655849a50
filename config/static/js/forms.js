/* Long forms: counters, saving while one writes, and a copy on this computer so that nothing typed is ever lost.
   Everything here is a comfort: without it the same form is saved by its button. */
(() => {
  "use strict";

  const PAUSE = 3000;
  const LONGEST_WAIT = 8000;
  const OLDEST = 30 * 24 * 3600 * 1000;
  const PREFIX = "pazanga-answers:";

  // The same rule as grants.questionnaires.text.count_characters: composed letters, a line end is one, code points.
  const count = (text) =>
    [...text.replace(/\r\n?/g, "\n").replaceAll("\0", "").normalize("NFC")].length;

  const counters = () => {
    document.querySelectorAll("[data-count-for]").forEach((counter) => {
      const control = document.getElementById(counter.dataset.countFor);
      if (!control) return;
      const limit = Number(counter.dataset.limit);
      let timer;
      const show = () => {
        const left = limit - count(control.value);
        const words = left < 0 ? counter.dataset.over : counter.dataset.left;
        counter.textContent = words.replace("%s", Math.abs(left)).replace("%t", limit);
        counter.classList.toggle("error", left < 0);
      };
      show();
      // A screen reader hears the counter when typing pauses, not at every letter.
      control.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(show, 600);
      });
    });
  };

  const storage = (() => {
    try {
      localStorage.setItem(PREFIX, "1");
      localStorage.removeItem(PREFIX);
      return localStorage;
    } catch {
      return null;
    }
  })();

  const typed = (form) => {
    const data = new FormData(form);
    const pairs = [];
    for (const [name, value] of data) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") pairs.push([name, value]);
    }
    return pairs;
  };

  const answers = (pairs) => JSON.stringify(pairs.filter(([name]) => name.startsWith("q-")));

  class Draft {
    constructor(form) {
      this.form = form;
      this.url = form.getAttribute("action") || location.pathname;
      this.person = form.dataset.person || "";
      this.key = `${PREFIX}${this.person}:${new URL(this.url, location.href).pathname}`;
      this.words = form.querySelector("[data-words]")?.dataset || {};
      this.status = document.querySelector("[data-saved]");
      this.saved = JSON.stringify(typed(form));
      this.timer = null;
      this.sending = false;
      this.again = false;
      this.leaving = false;
      this.restore();
      this.listen();
    }

    listen() {
      this.form.addEventListener("input", () => {
        this.keep();
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.send(), PAUSE);
      });
      this.form.addEventListener("change", () => this.keep());
      this.form.addEventListener("focusout", () => {
        if (this.changed()) this.send();
      });
      this.form.addEventListener("submit", (event) => this.submitting(event));
      window.addEventListener("beforeunload", (event) => {
        if (!this.leaving && this.changed()) event.preventDefault();
      });
      window.addEventListener("online", () => {
        if (this.changed()) this.send();
      });
    }

    // A save under way holds older words and newer tokens: the button waits for it, or would meet itself as a stranger.
    submitting(event) {
      clearTimeout(this.timer);
      this.keep();
      if (!this.sending) {
        this.leaving = true;
        return;
      }
      event.preventDefault();
      this.waiting = { submitter: event.submitter };
      setTimeout(() => this.abort?.abort(), LONGEST_WAIT);
    }

    goOn() {
      const { submitter } = this.waiting;
      this.waiting = null;
      this.form.requestSubmit(submitter && !submitter.disabled ? submitter : undefined);
    }

    changed() {
      return JSON.stringify(typed(this.form)) !== this.saved;
    }

    keep() {
      if (!storage || !this.changed()) return;
      try {
        storage.setItem(this.key, JSON.stringify({ at: Date.now(), pairs: typed(this.form) }));
      } catch {
        // The browser's store is full; the server still has what it last confirmed.
      }
    }

    forget() {
      storage?.removeItem(this.key);
    }

    // A copy of an earlier visit is put back only where the page itself has not become newer by somebody else's hand.
    restore() {
      const kept = storage?.getItem(this.key);
      if (!kept) return;
      let copy;
      try {
        copy = JSON.parse(kept);
      } catch {
        this.forget();
        return;
      }
      const same = answers(copy.pairs) === answers(typed(this.form));
      if (same || Date.now() - copy.at > OLDEST) this.forget();
      if (same || !this.fits(copy.pairs)) return;
      this.fill(copy.pairs);
      this.say(this.words.restored);
      this.timer = setTimeout(() => this.send(), PAUSE);
    }

    fits(pairs) {
      const seen = new Map(pairs.filter(([name]) => name.startsWith("v-")));
      return [...this.form.querySelectorAll('input[type=hidden][name^="v-"]')].every(
        (token) => !seen.has(token.name) || seen.get(token.name) === token.value,
      );
    }

    fill(pairs) {
      const values = new Map();
      for (const [name, value] of pairs) values.set(name, [...(values.get(name) || []), value]);
      for (const control of this.form.elements) {
        if (!control.name?.startsWith("q-") || control.type === "file" || control.type === "hidden") continue;
        const there = values.get(control.name) || [];
        if (control.type === "checkbox" || control.type === "radio") control.checked = there.includes(control.value);
        else if (there.length) control.value = there[0];
      }
      document.querySelectorAll("[data-count-for]").forEach((counter) => {
        document.getElementById(counter.dataset.countFor)?.dispatchEvent(new Event("input"));
      });
    }

    say(text) {
      if (this.status && text) this.status.textContent = text;
    }

    async send() {
      if (!this.changed()) return;
      if (this.sending) {
        this.again = true;
        return;
      }
      this.sending = true;
      this.abort = new AbortController();
      clearTimeout(this.timer);
      const before = typed(this.form);
      try {
        const body = new URLSearchParams(before);
        const csrf = this.form.querySelector("[name=csrfmiddlewaretoken]");
        const answer = await fetch(this.url, {
          method: "POST",
          body,
          credentials: "same-origin",
          redirect: "error",
          signal: this.abort.signal,
          headers: { "X-Autosave": "1", "X-CSRFToken": csrf ? csrf.value : "" },
        });
        const told = await answer.json();
        if (answer.ok || answer.status === 409) this.confirmed(before, told);
        else this.say(told.text || this.words.failed);
      } catch {
        this.say(this.words.failed);
      } finally {
        this.sending = false;
        if (this.waiting) this.goOn();
        else if (this.again) {
          this.again = false;
          this.timer = setTimeout(() => this.send(), PAUSE);
        }
      }
    }

    confirmed(before, told) {
      for (const [key, token] of Object.entries(told.tokens || {})) {
        const control = this.form.querySelector(`input[name="v-${key}"]`);
        if (control) control.value = token;
      }
      const tokens = new Map(Object.entries(told.tokens || {}).map(([key, token]) => [`v-${key}`, token]));
      this.saved = JSON.stringify(before.map(([name, value]) => [name, tokens.get(name) ?? value]));
      if (told.conflicts?.length) {
        this.say(told.conflicts.map((conflict) => conflict.text).join(" "));
        return;
      }
      if (this.changed()) this.keep();
      else this.forget();
      this.say(told.text);
    }
  }

  counters();
  document.querySelectorAll("form[data-answers]").forEach((form) => new Draft(form));
})();
