// Builds the element of one message.
import { richText } from "./text.js";

function el(name, className, ...children) {
  const e = document.createElement(name);
  if (className) e.className = className;
  e.append(...children);
  return e;
}

export function timeText(seconds, language) {
  return new Date(seconds * 1000).toLocaleTimeString(language === "ar" ? "ar-u-nu-latn" : "en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

const nameOf = (u) => (u ? [u.first_name, u.last_name].filter(Boolean).join(" ") : "");

// messageElement shows m as the person `me` sees it.
export function messageElement(m, me, act) {
  const mine = m.from && m.from.id === me && !m.via_bot;
  const right = m.from && m.from.id === me;
  const who = right ? act.word("you") : nameOf(m.from) || m.sender_chat?.title || "";
  const box = el("article", "message " + (right ? "mine" : "theirs"));
  box.dataset.id = m.message_id;
  box.setAttribute("aria-label", who + " " + timeText(m.date, act.language()));
  const bubble = el("div", "bubble");
  if (act.group() && !right) bubble.append(el("p", "who", el("bdi", "", who)));
  if (m.via_bot) bubble.append(el("p", "who", act.word("via"), el("bdi", "", "@" + m.via_bot.username)));
  if (m.reply_to_message) bubble.append(quoted(m.reply_to_message, me, act));
  if (m.document) bubble.append(documentElement(m.document, act));
  const text = m.text || m.caption || serviceText(m);
  if (text) {
    const body = el("div", "text");
    body.append(richText(text, m.text ? m.entities : m.caption_entities, act));
    bubble.append(body);
  }
  bubble.append(foot(m, act));
  box.append(bubble);
  if (m.reply_markup) box.append(keyboard(m, act));
  box.append(tools(m, mine, act));
  bubble.addEventListener("click", (e) => { // what hovering shows, a touch shows as well
    if (!e.target.closest("a, button") && !String(getSelection())) box.classList.toggle("picked");
  });
  return box;
}

function serviceText(m) {
  if (m.forum_topic_created) return m.forum_topic_created.name;
  if (m.location) return m.location.latitude.toFixed(4) + ", " + m.location.longitude.toFixed(4);
  return "";
}

function quoted(q, me, act) {
  const who = q.from && q.from.id === me ? act.word("you") : nameOf(q.from);
  const b = el("button", "quoted", el("bdi", "", who), el("span", "", (q.text || q.caption || q.document?.file_name || "").slice(0, 120)));
  b.type = "button";
  b.addEventListener("click", () => act.goTo(q.message_id));
  return b;
}

function documentElement(d, act) {
  const size = d.file_size > 1048576 ? (d.file_size / 1048576).toFixed(1) + " MB" : Math.max(1, Math.round(d.file_size / 1024)) + " KB";
  const a = el("a", "document", el("span", "sheet"), el("span", "file", el("bdi", "", d.file_name || ""), el("small", "", size)));
  a.href = "file?id=" + encodeURIComponent(d.file_id);
  a.download = d.file_name || "";
  a.title = act.word("save");
  return a;
}

function foot(m, act) {
  const line = el("p", "foot");
  if (m.reactions) line.append(el("span", "reaction", m.reactions.join("")));
  if (m.edit_date) line.append(el("span", "", act.word("edited")));
  const time = el("time", "", timeText(m.date, act.language()));
  time.dateTime = new Date(m.date * 1000).toISOString();
  line.append(time);
  return line;
}

// keyboard keeps the order of the rows on a left-to-right screen, as Telegram does.
function keyboard(m, act) {
  const box = el("div", "keyboard");
  box.dir = "ltr";
  for (const row of m.reply_markup.inline_keyboard) {
    const line = el("div", "keys");
    for (const key of row) {
      const b = el("button", key.style ? "key " + key.style : "key", el("bdi", "", key.text));
      b.type = "button";
      if (key.url) b.classList.add("out");
      b.addEventListener("click", () => act.press(m, key, b));
      line.append(b);
    }
    box.append(line);
  }
  return box;
}

function tools(m, mine, act) {
  const box = el("div", "tools");
  const add = (word, run) => {
    const b = el("button", "", act.word(word));
    b.type = "button";
    b.addEventListener("click", run);
    box.append(b);
  };
  add("reply", () => act.reply(m));
  if (mine && !m.document) add("edit", () => act.edit(m));
  return box;
}
