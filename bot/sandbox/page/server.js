// Talks to the local server, and to nothing else.
export async function ask(action, body) {
  const r = await fetch(action, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  if (!r.ok) throw new Error(String(r.status));
  return r.json();
}

export async function upload(as, chat, file, caption) {
  const q = new URLSearchParams({ as, chat, name: file.name, mime: file.type, caption });
  const r = await fetch("upload?" + q, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file });
  if (!r.ok) throw new Error(String(r.status));
}

// listen follows the events after number `after`; lost and back tell of the connection.
export function listen(after, on) {
  const source = new EventSource("events?after=" + after);
  let broken = false;
  source.onmessage = (e) => on.event(JSON.parse(e.data));
  source.onerror = () => { broken = true; on.lost(); };
  source.onopen = () => { if (broken) { source.close(); on.back(); } };
  return source;
}
