// The page: who plays, which chat is shown, and what arrives.
import { ask, listen } from "./server.js";
import { messageElement } from "./message.js";
import { composer } from "./composer.js";
import { words } from "./words.js";

const $ = (id) => document.getElementById(id);
const reader = 1001, admin = 1002, group = -1001000000003;
const cast = [{ role: "reader", as: reader, chat: reader }, { role: "admin", as: admin, chat: admin }, { role: "group", as: reader, chat: group }];

const state = { role: cast[0], language: localStorage.language || "ar", bot: "", chats: new Map(), unread: new Set(), now: "" };
const word = (key) => words[state.language][key];
const log = $("log");
let source = null, typingTimer = 0, field = null;

const chat = () => state.chats.get(state.role.chat);
const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
const toEnd = () => { log.scrollTop = log.scrollHeight; };

// showLast scrolls to the end, but not past the beginning of a long message.
function showLast() {
  toEnd();
  const above = log.lastElementChild.getBoundingClientRect().top - log.getBoundingClientRect().top;
  if (above < 8) log.scrollTop += above - 8;
}

// fold offers to expand only the quotations that are longer than what is shown.
function fold() {
  for (const q of log.querySelectorAll(".long:not(.open)")) {
    const clip = q.firstElementChild;
    q.lastElementChild.hidden = clip.scrollHeight - clip.clientHeight < 14; // less than half a line
  }
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => $("toast").classList.remove("shown"), 4000);
}

const guard = (promise) => promise.catch(() => toast(word("slow")));

// What a message may ask of the page.
const act = {
  word, language: () => state.language, group: () => state.role.chat === group,
  command: (text) => guard(send(text)),
  mention: (text) => field.put(text + " "),
  link(url) {
    const m = url.match(/^https?:\/\/t\.me\/([A-Za-z0-9_]+)\/?(?:\?start=([A-Za-z0-9_-]*))?$/);
    if (!m || m[1].toLowerCase() !== state.bot.toLowerCase()) return false;
    if (state.role.chat === group) show(cast[0]);
    guard(send(("/start " + (m[2] || "")).trim()));
    return true;
  },
  async press(m, key, button) {
    if (key.url) { if (!act.link(key.url)) open(key.url, "_blank", "noopener,noreferrer"); return; }
    if (key.copy_text) { await navigator.clipboard.writeText(key.copy_text.text); toast(word("copied")); return; }
    const inline = key.switch_inline_query_current_chat ?? key.switch_inline_query;
    if (inline !== undefined) { field.put("@" + state.bot + " " + inline); return; }
    button.setAttribute("aria-busy", "true");
    try {
      const a = await ask("press", { as: state.role.as, chat: m.chat.id, message: m.message_id, data: key.callback_data });
      if (a.url) act.link(a.url);
      if (a.alert) { $("alert-text").textContent = a.text; $("alert").showModal(); } else if (a.text) toast(a.text);
    } catch { toast(word("slow")); }
    button.removeAttribute("aria-busy");
  },
  reply: (m) => field.quote(m, false),
  edit: (m) => field.quote(m, true),
  goTo(id) {
    const e = log.querySelector(`[data-id="${id}"]`);
    if (!e) return;
    e.scrollIntoView({ block: "center", behavior: "smooth" });
    e.classList.add("found");
    setTimeout(() => e.classList.remove("found"), 1600);
  },
};

const send = (text, replyTo) => ask("send", { as: state.role.as, chat: state.role.chat, text, reply_to: replyTo || 0 });

// place puts a message into the log, or replaces it.
function place(m) {
  const old = log.querySelector(`[data-id="${m.message_id}"]`);
  if (m.deleted) { old?.remove(); return; }
  const next = messageElement(m, state.role.as, act);
  requestAnimationFrame(fold);
  if (!old) { log.append(next); return; }
  const focused = old.contains(document.activeElement) ? [...old.querySelectorAll("button")].indexOf(document.activeElement) : -1;
  old.replaceWith(next);
  if (focused >= 0) ([...next.querySelectorAll("button")][focused] || next.querySelector("button"))?.focus();
}

function render() {
  log.replaceChildren();
  const days = [...chat().messages.values()];
  for (const m of days) place(m);
  if (!days.length) log.append(Object.assign(document.createElement("p"), { className: "empty", textContent: word("empty") }));
  toEnd();
}

function typing(on) {
  clearTimeout(typingTimer);
  $("chat-note").textContent = on ? word("typing") : word(state.role.role + "Note");
  $("chat-note").classList.toggle("typing", on);
  if (on) typingTimer = setTimeout(() => typing(false), 5000);
}

function arrived(e) {
  if (e.now) clock(e.now);
  const known = state.chats.get(e.chat);
  if (!known) return;
  const here = e.chat === state.role.chat;
  if (e.kind === "acting" && here) typing(true);
  if (!e.message) return;
  if (e.message.deleted) known.messages.delete(e.message.message_id);
  else known.messages.set(e.message.message_id, e.message);
  if (!here) {
    if (e.kind === "posted") { state.unread.add(e.chat); roles(); }
    return;
  }
  const follow = atEnd();
  log.querySelector(".empty")?.remove();
  place(e.message);
  if (e.message.from?.id !== state.role.as) typing(false);
  if (e.kind === "posted" && (follow || e.message.from?.id === state.role.as)) showLast();
}

function clock(now) {
  if (now === state.now) return;
  state.now = now;
  const [y, mo, d, h, mi] = now.split(/[-T:]/).map(Number);
  $("now").textContent = new Date(y, mo - 1, d, h, mi).toLocaleString(state.language === "ar" ? "ar-u-nu-latn" : "en-GB",
    { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

function roles() {
  const focused = document.activeElement?.dataset?.role;
  $("cast").replaceChildren(...cast.map((c) => {
    const b = document.createElement("button");
    b.type = "button";
    b.dataset.role = c.role;
    b.className = "role";
    if (c === state.role) b.setAttribute("aria-current", "true");
    const face = Object.assign(document.createElement("span"), { className: "face " + c.role, textContent: word(c.role)[0] });
    face.setAttribute("aria-hidden", "true");
    const name = Object.assign(document.createElement("strong"), { textContent: word(c.role) });
    const note = Object.assign(document.createElement("small"), { textContent: word(c.role + "Note") });
    b.append(face, name, note);
    if (state.unread.has(c.chat)) b.append(Object.assign(document.createElement("span"), { className: "unread", textContent: word("unread") }));
    b.addEventListener("click", () => { show(c); });
    return b;
  }));
  if (focused) document.querySelector(`[data-role="${focused}"]`)?.focus();
}

function show(role) {
  state.role = role;
  state.unread.delete(role.chat);
  field?.quote(null);
  field?.close();
  field?.grow();
  $("chat-title").textContent = role.chat === group ? chat().title : word("title").split(" · ")[0];
  $("input").placeholder = word(role.chat === group ? "inputGroup" : "input");
  typing(false);
  roles();
  render();
  greet();
}

// greet presses Start for whoever opens a private chat for the first time.
function greet() {
  if (chat().type === "private" && !chat().messages.size && !chat().greeted) {
    chat().greeted = true;
    guard(send("/start"));
  }
}

function speak() {
  document.documentElement.lang = state.language;
  document.documentElement.dir = state.language === "ar" ? "rtl" : "ltr";
  document.title = word("title");
  $("title").textContent = word("title").split(" · ")[0];
  for (const e of document.querySelectorAll("[data-word]")) e.textContent = word(e.dataset.word);
  for (const e of document.querySelectorAll("[data-label]")) { e.setAttribute("aria-label", word(e.dataset.label)); if (e.tagName === "BUTTON") e.title = word(e.dataset.label); }
  $("settings-button").setAttribute("aria-label", word("settings"));
  for (const b of $("languages").children) b.setAttribute("aria-pressed", b.dataset.language === state.language);
  const now = state.now;
  state.now = "";
  if (now) clock(now);
}

function dress(theme) {
  document.documentElement.dataset.theme = theme;
  for (const b of $("themes").children) b.setAttribute("aria-pressed", b.dataset.theme === theme);
}

async function refresh() {
  await ask("language", { as: reader, language: state.language });
  const s = await ask("state", { as: state.role.as });
  state.bot = s.bot.username;
  for (const c of s.chats) {
    const greeted = state.chats.get(c.id)?.greeted;
    state.chats.set(c.id, { ...c, greeted, messages: new Map(c.messages.map((m) => [m.message_id, m])) });
  }
  clock(s.now);
  source?.close();
  source = listen(s.last, { event: arrived, lost: () => toast(word("lost")), back: () => refresh() });
  speak();
  show(state.role);
}

async function commandsAgain() {
  const s = await ask("state", { as: state.role.as });
  for (const c of s.chats) state.chats.get(c.id).commands = c.commands;
}

async function start() {
  dress(localStorage.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  speak();
  field = composer({
    me: () => state.role.as, chat: () => state.role.chat, bot: () => state.bot, word, send, guard,
    commands: () => { commandsAgain().catch(() => {}); return chat().commands; },
    lastOwn: () => [...chat().messages.values()].reverse().find((m) => m.from?.id === state.role.as && m.text && !m.via_bot),
  });
  $("languages").addEventListener("click", (e) => { if (e.target.dataset.language) { state.language = localStorage.language = e.target.dataset.language; guard(refresh()); } });
  $("themes").addEventListener("click", (e) => { if (e.target.dataset.theme) { localStorage.theme = e.target.dataset.theme; dress(e.target.dataset.theme); } });
  $("tomorrow").addEventListener("click", () => guard(ask("clock", { as: state.role.as, days: 1, time: "08:00" }).then((c) => clock(c.now))));
  $("hour").addEventListener("click", () => guard(ask("clock", { as: state.role.as, hours: 1 }).then((c) => clock(c.now))));
  $("settings-button").addEventListener("click", () => {
    const open = document.querySelector(".side").classList.toggle("open");
    $("settings-button").setAttribute("aria-expanded", open);
  });
  new ResizeObserver(fold).observe(log);
  log.addEventListener("scroll", () => { $("down").hidden = atEnd(); });
  $("down").addEventListener("click", () => { toEnd(); log.focus(); });
  await refresh();
}

start().catch(() => toast(word("lost")));
