// The desk's only script of its own. Every screen works without it: it spares keys, mouse and waiting.
"use strict";
(() => {
  const $ = (q, from = document) => from.querySelector(q);
  const $$ = (q, from = document) => Array.from(from.querySelectorAll(q));
  const typing = (e) => e.target.closest("input, textarea, select, [contenteditable]");

  // Rows: j and k walk, Enter opens what the row's first link opens.
  const rows = () => $$("table[data-rows] tbody tr").filter((r) => $("a[href]", r));
  const walk = (step) => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((r) => r.contains(document.activeElement));
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    $("a[href]", next).focus();
    next.scrollIntoView({ block: "nearest" });
  };

  let gone = 0; // when "g" was pressed
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "Escape") {
      if (location.hash === "#phim-tat" || $(".dialog:target")) location.hash = "#noi-dung";
      $$("details.menu[open]").forEach((d) => d.removeAttribute("open"));
      if (typing(e)) e.target.blur();
      return;
    }
    if (typing(e)) return;
    if (e.timeStamp - gone < 1200) {
      gone = 0;
      const to = $(`[data-go="${CSS.escape(e.key)}"]`);
      if (to) { e.preventDefault(); location.assign(to.href); }
      return;
    }
    switch (e.key) {
      case "/": { const box = $("#tim"); if (box) { e.preventDefault(); box.focus(); box.select(); } break; }
      case "j": walk(1); break;
      case "k": walk(-1); break;
      case "g": gone = e.timeStamp; break;
      case "?": location.hash = "#phim-tat"; break;
    }
  });

  // Menus close when something else is clicked.
  document.addEventListener("click", (e) => {
    $$("details.menu[open]").forEach((d) => { if (!d.contains(e.target)) d.removeAttribute("open"); });
  });

  // Light and dark change at once; the form still tells the server, which keeps the cookie.
  $$("form.theme").forEach((form) => form.addEventListener("submit", (e) => {
    const value = e.submitter ? e.submitter.value : "";
    e.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    body.set("nen", value);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
    const name = { sang: "light", toi: "dark" }[value];
    if (name) document.documentElement.dataset.theme = name; else delete document.documentElement.dataset.theme;
    $$("button", form).forEach((b) => b.setAttribute("aria-pressed", String(b.value === value)));
  }));

  // What cannot be taken back is asked once more.
  document.addEventListener("submit", (e) => {
    const ask = (e.submitter && e.submitter.dataset.confirm) || e.target.dataset.confirm;
    if (ask && !window.confirm(ask)) { e.preventDefault(); return; }
    if (e.target.dataset.once !== undefined) {
      if (e.target.dataset.sent) { e.preventDefault(); return; }
      e.target.dataset.sent = "1";
      $$("button", e.target).forEach((b) => { b.setAttribute("aria-busy", "true"); });
    }
  });

  // Choosing in a filter asks at once; without script there is the button.
  document.addEventListener("change", (e) => {
    const form = e.target.closest("form[data-live]");
    if (form && e.target.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
  });

  // Files may be dropped on the field that takes them; what was chosen is named.
  const size = (n) => n < 1e6 ? `${Math.max(1, Math.round(n / 1e3)).toLocaleString("vi-VN")} KB` : `${(n / 1e6).toLocaleString("vi-VN", { maximumFractionDigits: 1 })} MB`;
  $$(".drop").forEach((zone) => {
    const input = $("input[type=file]", zone);
    if (!input) return;
    const list = document.createElement("ul");
    list.className = "chosen-files small";
    zone.append(list);
    zone.classList.add("with-script");
    const tell = () => {
      list.replaceChildren(...Array.from(input.files, (f) => {
        const li = document.createElement("li");
        li.textContent = `${f.name} · ${size(f.size)}`;
        return li;
      }));
    };
    input.addEventListener("change", tell);
    for (const type of ["dragenter", "dragover"]) zone.addEventListener(type, (e) => { e.preventDefault(); zone.classList.add("over"); });
    for (const type of ["dragleave", "drop"]) zone.addEventListener(type, () => zone.classList.remove("over"));
    zone.addEventListener("drop", (e) => {
      e.preventDefault();
      if (e.dataTransfer.files.length) { input.files = e.dataTransfer.files; tell(); }
    });
  });

  // Work that goes on behind: its block asks for itself again until it no longer says so.
  const poll = (block) => {
    const wait = Number(block.dataset.poll) || 1000;
    setTimeout(async () => {
      try {
        const reply = await fetch(block.dataset.from || location.href, { headers: { "X-Poll": "1" }, redirect: "follow" });
        if (!reply.ok) throw reply.status;
        const page = new DOMParser().parseFromString(await reply.text(), "text/html");
        const fresh = page.getElementById(block.id);
        if (!fresh) { location.reload(); return; }
        block.replaceWith(fresh);
        if (fresh.dataset.poll) poll(fresh); else if (fresh.dataset.then) location.assign(fresh.dataset.then);
      } catch {
        const lost = $("[data-lost]", block); // what stands there is old
        if (lost) lost.hidden = false;
        poll(block);
      }
    }, wait);
  };
  $$("[data-poll][id]").forEach(poll);

  // Printing, and the first problem of a form under the eyes.
  $$("[data-print]").forEach((b) => { b.hidden = false; b.addEventListener("click", () => window.print()); });
  // Copying a text; without script the field itself is selected by hand.
  $$("[data-copy]").forEach((b) => b.addEventListener("click", async () => {
    const from = $(b.dataset.copy);
    from.select();
    try { await navigator.clipboard.writeText(from.value); b.textContent = "Đã chép"; } catch { b.textContent = "Bấm Ctrl+C để chép"; }
  }));
  const wrong = $(".flash.bad[tabindex]");
  if (wrong) wrong.focus();
})();
