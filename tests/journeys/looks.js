// What a program can see of the looks of a page, at the window's present width. Gives sentences, none where all is well.
() => {
  const found = new Set();
  const name = (element) => {
    const words = (element.textContent || element.value || "").replace(/\s+/g, " ").trim().slice(0, 40);
    const css = [...element.classList].map((one) => "." + one).join("");
    return `${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""}${css} "${words}"`;
  };
  // What was found of an element holds for as long as one look lasts: a page has thousands, each below many others.
  const remember = (ask) => {
    const known = new Map();
    return (one) => {
      if (!known.has(one)) known.set(one, ask(one));
      return known.get(one);
    };
  };
  const conceals = (one) => {
    const style = getComputedStyle(one);
    if (style.visibility === "hidden" || style.display === "none" || one.matches(".vh, .skip")) return true;
    if (one.parentElement?.matches("details:not([open])") && !one.matches("summary")) return true;
    return style.position === "absolute" && one.offsetWidth <= 1 && one.offsetHeight <= 1;
  };
  const hidden = remember((element) => !!element && (conceals(element) || hidden(element.parentElement)));
  const nearest = (test) => {
    const up = remember((one) => (!one || one === document.documentElement ? null : test(one) ? one : up(one.parentElement)));
    return up;
  };
  const scrollerOf = nearest((one) => /auto|scroll/.test(getComputedStyle(one).overflowX));
  const stickyOf = nearest((one) => /sticky|fixed/.test(getComputedStyle(one).position));
  const blockOf = nearest((one) => !["inline", "contents"].includes(getComputedStyle(one).display));
  const cutterOf = nearest((one) => /hidden|clip/.test(getComputedStyle(one).overflowX) && !one.matches("svg"));

  // The page is never wider than its window.
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    const widest = [...document.body.querySelectorAll("*")]
      .filter((one) => !hidden(one) && !scrollerOf(one) && one.getBoundingClientRect().right > width + 1)
      .pop();
    found.add(`the page is ${document.documentElement.scrollWidth} px wide in a window of ${width}: ${widest ? name(widest) : ""}`);
  }

  // Words: each line of each text, where it stands.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, style, option, textarea, noscript") || hidden(parent)) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (size < (parent.closest("svg") ? 10 : 14)) found.add(`letters of ${size} px: ${name(parent)}`);
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = blockOf(parent);
    const scroller = scrollerOf(parent);
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      lines.push({ rect, parent, scroller, moves: stickyOf(parent) });
      if (parent.closest("svg")) continue;
      const frame = box.getBoundingClientRect();
      if (rect.right > frame.right + 1.5 || rect.left < frame.left - 1.5) {
        if (scroller !== box) found.add(`words stand out of their box: ${name(box)}`);
      }
      const cut = cutterOf(parent);
      if (cut && cut !== document.body) {
        const edge = cut.getBoundingClientRect();
        if (rect.right > edge.right + 1.5 || rect.bottom > edge.bottom + 1.5) found.add(`words are cut: ${name(parent)}`);
      }
    }
  }

  // No line lies on another. Only the middle of a line counts: the boxes of tight lines touch.
  lines.sort((a, b) => a.rect.top - b.rect.top);
  lines.forEach((one, place) => {
    const middle = (line) => [line.rect.top + line.rect.height * 0.25, line.rect.bottom - line.rect.height * 0.25];
    const [top, bottom] = middle(one);
    for (const other of lines.slice(place + 1)) {
      if (other.rect.top > bottom) break;
      if (one.moves !== other.moves || one.scroller !== other.scroller || other.parent === one.parent) continue;
      const [start, end] = middle(other);
      const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
      const along = Math.min(bottom, end) - Math.max(top, start);
      if (across > 2 && along > 1) found.add(`words lie on words: ${name(one.parent)} and ${name(other.parent)}`);
    }
  });

  // No control lies on another.
  const controls = [...document.querySelectorAll("button, input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea, .btn")]
    .filter((one) => !hidden(one))
    .map((one) => ({ one, rect: one.getBoundingClientRect(), scroller: scrollerOf(one) }));
  controls.forEach(({ one, rect, scroller }, place) => {
    for (const other of controls.slice(place + 1)) {
      if (other.scroller !== scroller || one.contains(other.one) || stickyOf(other.one)) continue;
      const across = Math.min(rect.right, other.rect.right) - Math.max(rect.left, other.rect.left);
      const along = Math.min(rect.bottom, other.rect.bottom) - Math.max(rect.top, other.rect.top);
      if (across > 1 && along > 1) found.add(`a control lies on a control: ${name(one)} and ${name(other.one)}`);
    }
  });

  // What is pressed is at least 24 px, or has so much room around its middle, or stands inside a sentence.
  const selector = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const targets = [...document.querySelectorAll(selector)]
    .filter((one) => !hidden(one))
    .map((one) => ({ one, rect: (one.closest("label") || one).getBoundingClientRect() }))
    .filter(({ rect }) => rect.width && rect.height);
  for (const { one, rect } of targets) {
    if (rect.width >= 23.9 && rect.height >= 23.9) continue;
    const inText =
      getComputedStyle(one).display === "inline" &&
      [...(blockOf(one.parentElement)?.childNodes || [])].some((node) => !node.contains(one) && !node.matches?.(selector) && !node.querySelector?.(selector) && node.textContent.trim());
    if (inText) continue;
    const x = rect.left + rect.width / 2, y = rect.top + rect.height / 2;
    const near = targets.find(({ one: other, rect: edge }) => {
      if (other === one || other.contains(one) || one.contains(other) || stickyOf(other) !== stickyOf(one)) return false;
      const dx = Math.max(edge.left - x, 0, x - edge.right), dy = Math.max(edge.top - y, 0, y - edge.bottom);
      return dx * dx + dy * dy < 144;
    });
    if (near) found.add(`too small and too near to press: ${name(one)}, ${Math.round(rect.width)} × ${Math.round(rect.height)} px, beside ${name(near.one)}`);
  }
  return [...found];
}
