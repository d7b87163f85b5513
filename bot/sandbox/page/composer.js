// The input field: sending, commands, inline mode, replies, edits and files.
import { ask, upload } from "./server.js";

const $ = (id) => document.getElementById(id);

export function composer(app) {
  const input = $("input"), panel = $("panel"), menuButton = $("menu-button");
  let quoting = null; // {message, edit}
  let items = [], active = -1, inlineTimer = 0, asked = 0;

  function grow() {
    input.dir = input.value ? "auto" : document.documentElement.dir; // an empty field follows the page
    input.style.height = "auto";
    input.style.height = Math.min(input.scrollHeight, 160) + "px";
    $("send").disabled = !input.value.trim();
  }

  function quote(message, edit) {
    quoting = message ? { message, edit } : null;
    $("quoting").hidden = !message;
    if (!message) return;
    const who = message.from?.id === app.me() ? app.word("you") : message.from?.first_name || "";
    $("quoting-what").textContent = edit ? app.word("editing") : app.word("replying") + who;
    $("quoting-text").textContent = (message.text || message.caption || "").slice(0, 100);
    if (edit) input.value = message.text || "";
    grow();
    input.focus();
  }

  function close() {
    panel.hidden = true;
    panel.replaceChildren();
    items = [];
    active = -1;
    input.removeAttribute("aria-activedescendant");
    menuButton.setAttribute("aria-expanded", "false");
  }

  // open lists entries {title, text, run} above the input field.
  function open(label, entries) {
    close();
    const list = document.createElement("div");
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", label);
    list.id = "entries";
    items = entries.map((entry, i) => {
      const item = document.createElement("div");
      item.id = "entry" + i;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      for (const [name, text] of [["strong", entry.title], ["span", entry.text]]) {
        const line = document.createElement(name);
        line.append(Object.assign(document.createElement("bdi"), { textContent: text }));
        item.append(line);
      }
      item.addEventListener("click", () => entry.run());
      list.append(item);
      return { item, run: entry.run };
    });
    if (entries.length) panel.append(list);
    else panel.append(Object.assign(document.createElement("p"), { textContent: app.word("noResults") }));
    panel.hidden = false;
    menuButton.setAttribute("aria-expanded", "true");
  }

  function mark(next) {
    if (!items.length) return;
    items[active]?.item.setAttribute("aria-selected", "false");
    active = (next + items.length) % items.length;
    items[active].item.setAttribute("aria-selected", "true");
    items[active].item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[active].item.id);
  }

  function commands(prefix) {
    const known = app.commands().filter((c) => c.command.startsWith(prefix));
    if (prefix && !known.length) return close();
    open(app.word("commands"), known.map((c) => ({
      title: "/" + c.command, text: c.description,
      run: () => { close(); input.value = ""; grow(); app.send("/" + c.command); input.focus(); },
    })));
  }

  async function offers(query, offset, before) {
    const mine = ++asked;
    try {
      const a = await ask("inline", { as: app.me(), chat: app.chat(), query, offset });
      if (mine !== asked || !input.value.toLowerCase().startsWith("@" + app.bot().toLowerCase())) return;
      const entries = before.concat(a.results.map((r) => ({
        title: r.title, text: r.description,
        run: async () => { close(); input.value = ""; grow(); await ask("choose", { as: app.me(), chat: app.chat(), query: a.query, result: r.id }); },
      })));
      open(app.word("results"), a.next ? entries.concat({ title: "…", text: "", run: () => offers(query, a.next, entries) }) : entries);
    } catch { if (mine === asked) close(); }
  }

  function typed() {
    grow();
    clearTimeout(inlineTimer);
    const text = input.value, me = "@" + app.bot().toLowerCase();
    if (/^\/[a-z_0-9]*$/.test(text)) return commands(text.slice(1));
    if (text.toLowerCase().startsWith(me + " ")) {
      inlineTimer = setTimeout(() => offers(text.slice(me.length + 1).trim(), "", []), 250);
      return;
    }
    close();
  }

  async function submit() {
    const text = input.value.trim();
    if (!text) return;
    const q = quoting;
    input.value = "";
    quote(null);
    close();
    grow();
    if (q?.edit) await ask("edit", { as: app.me(), chat: app.chat(), message: q.message.message_id, text });
    else await app.send(text, q?.message.message_id);
  }

  function keys(e) {
    if (!panel.hidden && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
      e.preventDefault();
      mark(active + (e.key === "ArrowDown" ? 1 : -1));
    } else if (e.key === "Enter" && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      if (active >= 0) items[active].run();
      else app.guard(submit());
    } else if (e.key === "Escape") {
      close();
      if (quoting?.edit) input.value = "";
      quote(null);
      grow();
    } else if (e.key === "ArrowUp" && !input.value) {
      const last = app.lastOwn();
      if (last) { e.preventDefault(); quote(last, true); }
    }
  }

  async function files(list) {
    const caption = input.value.trim();
    input.value = "";
    grow();
    for (const file of list) await upload(app.me(), app.chat(), file, caption);
  }

  input.addEventListener("input", typed);
  input.addEventListener("keydown", keys);
  $("composer").addEventListener("submit", (e) => { e.preventDefault(); app.guard(submit()); });
  $("quoting-end").addEventListener("click", () => { if (quoting?.edit) input.value = ""; quote(null); grow(); input.focus(); });
  menuButton.addEventListener("click", () => { if (panel.hidden) { commands(""); input.focus(); } else close(); });
  $("file-button").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", (e) => { app.guard(files([...e.target.files])); e.target.value = ""; });
  dropping(app, files);
  grow();
  return { quote, close, grow, put(text) { input.value = text; input.focus(); typed(); } };
}

function dropping(app, files) {
  const drop = $("drop");
  let depth = 0;
  const withFiles = (e) => [...(e.dataTransfer?.types || [])].includes("Files");
  addEventListener("dragenter", (e) => { if (withFiles(e)) { depth++; drop.hidden = false; } });
  addEventListener("dragleave", (e) => { if (withFiles(e) && --depth <= 0) { depth = 0; drop.hidden = true; } });
  addEventListener("dragover", (e) => { if (withFiles(e)) e.preventDefault(); });
  addEventListener("drop", (e) => {
    if (!withFiles(e)) return;
    e.preventDefault();
    depth = 0;
    drop.hidden = true;
    app.guard(files([...e.dataTransfer.files]));
  });
}
