// Checking in at a collection point, with or without a network (KH:III.3.c): today's sessions, whom they invited, who came.

import { App } from "./app";
import { h, icon, show, toast } from "./dom";
import { fold, hourOf, int, viBirth } from "./fold";
import { frame } from "./home";
import { newID } from "./id";
import type { Roll, Slip } from "./model";
import { numberKey } from "./vault";

const rollOf = (app: App, id: string): Roll | undefined => (app.m!.account.rolls ?? []).find((r) => r.id === id);

// arrivals are the check-ins of a session that this phone recorded, by the key they were made with.
function arrivals(app: App, session: string): Map<string, Slip> {
  const out = new Map<string, Slip>();
  for (const s of app.m!.slips.values()) if (s.item.kind === "checkin" && s.item.session === session && s.verdict !== "refused") out.set(String(s.item.key || s.item.id), s);
  return out;
}

export function pointsPage(app: App, keep: boolean): void {
  const rolls = app.m!.account.rolls ?? [];
  show(app.root, frame(app, "-", "Điểm thu nhận hôm nay", true, rolls.length === 0 ? h("div.empty", null, h("h2", null, "Hôm nay không có buổi nào"), h("p", null, "Buổi thu nhận trong địa bàn của máy sẽ hiện ở đây sau khi đồng bộ.")) :
    h("ul.links", null, rolls.map((r) => h("li", null, h("a", { href: "#buoi=" + r.id }, `${r.title}, ${r.hours} · mời ${int(r.rows.length)}, định mức ${int(r.quota)}`))))), keep);
}

let query = "";

export function rollPage(app: App, id: string, keep: boolean): void {
  const roll = rollOf(app, id);
  if (!roll) return app.go("#diem");
  if (!keep) query = "";
  const mine = arrivals(app, id);
  const came = (r: Roll["rows"][0]): boolean => r[4] === 1 || mine.has(r[0]) || mine.has(r[3]);
  const invited = roll.rows.filter(came).length;
  const walkins = [...mine.values()].filter((s) => s.item.walkin === true).length;
  const box = h("div.house", null);
  const drawList = (): void => {
    const words = fold(query).split(" ").filter(Boolean);
    const list = roll.rows.filter((r) => words.every((w) => (" " + fold(r[1])).includes(" " + w) || fold(r[3]) === w));
    box.replaceChildren(...(list.length === 0 ? [h("p.hint", null, "Không có ai khớp trong danh sách mời.")] : list.map((r) => h("button.person", { type: "button", disabled: came(r), click: () => void arrive(app, id, r[0], r[1]) },
      h("span.who", null, h("b", null, r[1]), h("small", null, [r[2] ? viBirth(r[2]) : "", "mã " + r[3]].filter(Boolean).join(" · "))), h("span.what", null, came(r) ? h("em.did", null, "đã đến") : h("em", null, "điểm danh"))))));
  };
  drawList();
  show(app.root, frame(app, "-", roll.title, true,
    h("p.tally", { role: "status" }, `Đã đến ${int(invited + walkins)}/${int(roll.quota)} hồ sơ định mức; mời ${int(roll.rows.length)} người.`),
    h("a.primary", { href: "#quet=" + id }, icon("scan"), "Quét thẻ hoặc mã trên giấy mời"),
    h("form.search", { role: "search", submit: (e: Event) => e.preventDefault() }, icon("search"), h("input", { type: "search", value: query, placeholder: "Tên không dấu hoặc mã mời", "aria-label": "Tìm trong danh sách mời", input: (e: Event) => { query = (e.target as HTMLInputElement).value; drawList(); } })),
    box, h("button.button", { type: "button", click: () => void arrive(app, id, "", "") }, "Khách không có thẻ, ngoài danh sách")), keep);
}

// arrive records that somebody came: by the id of a person of the list, a code of six letters, twelve digits, or nothing.
export async function arrive(app: App, session: string, key: string, name: string): Promise<void> {
  const m = app.m!;
  const roll = rollOf(app, session);
  if (!roll) return app.go("#diem");
  let row: Roll["rows"][0] | undefined;
  if (/^\d{12}$/.test(key)) {
    const k = await numberKey(m.account.token, key);
    row = roll.rows.find((r) => r[5] === k);
  } else if (key !== "") row = roll.rows.find((r) => r[0] === key || r[3] === key);
  if (!row && /^[A-Z2-9]{6}$/.test(key)) {
    toast(`Mã ${key} không thuộc buổi này. Xem lại ngày và địa điểm trên giấy mời.`, "bad");
    return app.go("#buoi=" + session);
  }
  const mine = arrivals(app, session);
  const before = row ? mine.get(row[0]) ?? mine.get(row[3]) : key ? mine.get(key) : undefined;
  if (before || row?.[4] === 1) {
    toast(`${row?.[1] || name || "Người này"} đã được điểm danh${before ? " lúc " + hourOf(Date.parse(before.item.at)) : ""}.`, "warn");
    return app.go("#buoi=" + session);
  }
  const who = row?.[1] || name || "khách ngoài danh sách";
  await m.record([{ item: { id: newID(), kind: "checkin", at: new Date().toISOString(), session, key: row ? row[0] : key, ...(row ? {} : { walkin: true }) }, label: "Điểm danh: " + who }], app.today());
  toast("Đã điểm danh " + who + (row ? "." : " (ngoài danh sách mời)."));
  if (location.hash === "#buoi=" + session) app.draw(true);
  else location.replace("#buoi=" + session);
  void app.sync();
}
