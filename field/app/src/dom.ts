// A page is made of elements by one function; text is always text, never markup.

type Child = Node | string | number | null | undefined | false | Child[];
type Attrs = { [name: string]: string | number | boolean | null | undefined | ((e: any) => unknown) }; // eslint-disable-line

export function h(tag: string, attrs: Attrs | null, ...children: Child[]): HTMLElement {
  const [name, ...classes] = tag.split(".");
  const e = document.createElement(name || "div");
  if (classes.length > 0) e.className = classes.join(" ");
  for (const [k, v] of Object.entries(attrs ?? {})) {
    if (v === null || v === undefined || v === false) continue;
    if (typeof v === "function") e.addEventListener(k, v as EventListener);
    else if (k === "value") (e as HTMLInputElement).value = String(v);
    else e.setAttribute(k, v === true ? "" : String(v));
  }
  add(e, children);
  return e;
}

function add(to: Element, children: Child[]): void {
  for (const c of children) {
    if (c === null || c === undefined || c === false) continue;
    if (Array.isArray(c)) add(to, c);
    else to.append(c instanceof Node ? c : String(c));
  }
}

const svgNS = "http://www.w3.org/2000/svg";

const paths: Record<string, string> = {
  home: "M4 11l8-7 8 7v9a1 1 0 0 1-1 1h-5v-6h-4v6H5a1 1 0 0 1-1-1z",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  scan: "M4 8V5a1 1 0 0 1 1-1h3M16 4h3a1 1 0 0 1 1 1v3M20 16v3a1 1 0 0 1-1 1h-3M8 20H5a1 1 0 0 1-1-1v-3M4 12h16",
  send: "M12 19V5M6 11l6-6 6 6",
  team: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20c0-3.3 2.7-5 6-5s6 1.7 6 5M16 11a3 3 0 0 0 0-6M18 15c2 .6 3 2.2 3 5",
  back: "M15 5l-7 7 7 7",
  lock: "M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3",
  warn: "M12 4l9 16H3zM12 10v5M12 17.5v.01",
  check: "M5 12l5 5 9-10",
  camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 16a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  light: "M9 3h6l-1 7h3l-7 11 2-8H8z",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  more: "M5 12h.01M12 12h.01M19 12h.01",
};

export function icon(name: string): SVGElement {
  const s = document.createElementNS(svgNS, "svg");
  s.setAttribute("viewBox", "0 0 24 24");
  s.setAttribute("aria-hidden", "true");
  s.setAttribute("class", "icon");
  const p = document.createElementNS(svgNS, "path");
  p.setAttribute("d", paths[name]);
  s.append(p);
  return s;
}

// show puts a page up, keeps the scroll where asked, and moves the reader to its heading.
export function show(root: HTMLElement, page: HTMLElement, keep = false): void {
  const y = keep ? window.scrollY : 0;
  root.replaceChildren(page);
  window.scrollTo(0, y);
  const title = page.querySelector("h1")?.textContent;
  document.title = (title ? title + " · " : "") + "Bốn phủ";
}

let timer = 0;

// toast says in a sentence what was just done; with an action it can be undone.
export function toast(text: string, kind: "good" | "warn" | "bad" = "good", action?: { title: string; run: () => void }): void {
  document.querySelector(".toast")?.remove();
  window.clearTimeout(timer);
  const t = h("div.toast." + kind, { role: "status" }, h("span", null, text), action && h("button", { type: "button", click: () => { t.remove(); action.run(); } }, action.title));
  document.body.append(t);
  timer = window.setTimeout(() => t.remove(), action ? 8000 : 5000);
}

// choice is a row of big buttons of which one or several may be pressed.
export function choice(name: string, options: { id: string; title: string; note?: string }[], chosen: string[], many: boolean, change: (now: string[]) => void): HTMLElement {
  const now = new Set(chosen);
  const box = h("div.choice", { role: "group", "aria-label": name });
  for (const o of options) {
    const b = h("button", {
      type: "button",
      "aria-pressed": now.has(o.id) ? "true" : "false",
      "data-id": o.id,
      click: () => {
        if (now.has(o.id)) now.delete(o.id);
        else {
          if (!many) now.clear();
          now.add(o.id);
        }
        for (const c of Array.from(box.children)) c.setAttribute("aria-pressed", now.has((c as HTMLElement).dataset.id!) ? "true" : "false");
        change([...now]);
      },
    }, h("span", null, o.title), o.note ? h("small", null, o.note) : null);
    box.append(b);
  }
  return box;
}
