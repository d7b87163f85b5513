// Turns a text and its entities, in UTF-16 code units, into elements.
const simple = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code" };

export function richText(text, entities, act) {
  const box = document.createDocumentFragment();
  const sorted = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(box, text, 0, text.length, sorted, act);
  return box;
}

function fill(box, text, from, to, entities, act) {
  let last = null;
  const plain = (until) => {
    if (until > from) {
      let part = text.slice(from, until);
      if (last) part = part.replace(/^\n/, ""); // a block element breaks the line by itself
      last = null;
      box.append(part);
    }
    from = Math.max(from, until);
  };
  entities.forEach((e, i) => {
    const end = e.offset + e.length;
    if (e.offset < from || end > to) return;
    const made = make(e, text.slice(e.offset, end), act);
    if (!made) return;
    plain(e.offset);
    const inside = entities.slice(i + 1).filter((x) => x.offset + x.length <= end);
    fill(made.into, text, e.offset, end, inside, act);
    if (made.block) trimBreak(box);
    box.append(made.element);
    from = end;
    last = made.block ? made : null;
  });
  plain(to);
}

// A line break before a block would show as an empty line.
function trimBreak(box) {
  const before = box.lastChild;
  if (before && before.nodeType === Node.TEXT_NODE) before.data = before.data.replace(/\n$/, "");
}

function make(e, covered, act) {
  if (simple[e.type]) return inline(document.createElement(simple[e.type]));
  switch (e.type) {
    case "spoiler": return inline(Object.assign(document.createElement("span"), { className: "spoiler", tabIndex: 0 }));
    case "text_link": return link(e.url, act);
    case "url": return link(/^https?:/i.test(covered) ? covered : "https://" + covered, act);
    case "bot_command": return action(() => act.command(covered));
    case "mention": return action(() => act.mention(covered));
    case "pre": {
      const pre = document.createElement("pre"), code = document.createElement("code");
      pre.tabIndex = 0;
      pre.append(code);
      return { element: pre, into: code, block: true };
    }
    case "blockquote": {
      const q = document.createElement("blockquote");
      return { element: q, into: q, block: true };
    }
    case "expandable_blockquote": return expandable(act);
  }
  return null;
}

const inline = (element) => ({ element, into: element, block: false });

function link(url, act) {
  const a = document.createElement("a");
  if (!/^https?:/i.test(url)) return inline(document.createElement("span"));
  a.href = url;
  a.rel = "noopener noreferrer";
  a.target = "_blank";
  a.addEventListener("click", (event) => { if (act.link(url)) event.preventDefault(); });
  return inline(a);
}

function action(run) {
  const b = Object.assign(document.createElement("button"), { type: "button", className: "link", dir: "ltr" });
  b.addEventListener("click", run);
  return inline(b);
}

function expandable(act) {
  const q = document.createElement("blockquote"), into = document.createElement("div");
  q.className = "long";
  into.className = "clip";
  const b = Object.assign(document.createElement("button"), { type: "button", className: "expand" });
  const show = (open) => {
    q.classList.toggle("open", open);
    b.setAttribute("aria-expanded", open);
    b.textContent = act.word(open ? "less" : "more");
  };
  b.addEventListener("click", () => show(!q.classList.contains("open")));
  show(false);
  q.append(into, b);
  return { element: q, into, block: true };
}
