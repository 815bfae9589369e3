// Home: what today asks, whom to visit first, and what is not yet sent.

import { App } from "./app";
import { h, icon, show } from "./dom";
import { fold, int, viBirth } from "./fold";
import { resultTitles, type Person, type Slip } from "./model";
import { partOf, rankToday, type Ranked } from "./rules";

// bar is the navigation at the thumb.
export function bar(app: App, at: string): HTMLElement {
  const m = app.m!;
  const waiting = m.waiting().length + m.trouble().length;
  const items: [string, string, string, number][] = [["", "home", "Hôm nay", 0], ["danh-sach", "list", "Danh sách", 0], ["quet", "scan", "Quét thẻ", 0], ["cho-gui", "send", "Chờ gửi", waiting]];
  items.push(m.account.holder.leads ? ["to", "team", "Tổ", 0] : ["them", "more", "Thêm", 0]);
  return h("nav.bar", { "aria-label": "Mục chính" }, items.map(([hash, ic, title, n]) => h("a", { href: "#" + hash, "aria-current": hash === at ? "page" : false }, icon(ic), h("span", null, title), n > 0 ? h("b", { "aria-label": `${n} phiếu` }, int(n)) : null)));
}

// status is the line that tells whether the phone and the server agree.
export function status(app: App): HTMLElement {
  const n = app.m!.waiting().length;
  const kind = app.out ? "bad" : app.note ? "warn" : app.online ? "good" : "warn";
  const text = app.note || (app.online ? (n > 0 ? `${int(n)} phiếu chờ gửi` : "Đã đồng bộ") : n > 0 ? `Không có mạng · ${int(n)} phiếu giữ trên máy` : "Không có mạng · vẫn làm việc được");
  return h("button.status." + kind, { type: "button", "aria-label": text + ". Bấm để đồng bộ", click: () => void app.sync(true) }, h("i", null), h("span", null, text));
}

export function head(app: App, title: string, back: boolean): HTMLElement {
  return h("header.head", null,
    back ? h("button.icon-button", { type: "button", "aria-label": "Quay lại", click: () => app.back() }, icon("back")) : null,
    h("h1", null, title),
    h("button.icon-button", { type: "button", "aria-label": "Khóa máy", click: () => app.lock() }, icon("lock")));
}

export function frame(app: App, at: string, title: string, back: boolean, ...body: (HTMLElement | null | false)[]): HTMLElement {
  return h("div.page", null, app.open?.update ? h("button.update", { type: "button", click: () => window.dispatchEvent(new Event("bonphu:update")) }, "Có bản mới của ứng dụng. Bấm để cập nhật.") : null,
    head(app, title, back), status(app), h("main", { id: "main" }, body), bar(app, at));
}

// doneToday counts the visits of today that this phone recorded.
export function doneToday(app: App): number {
  return [...app.m!.slips.values()].filter((s) => s.item.kind === "visit" && s.day === app.today() && s.verdict !== "refused").length;
}

// unsent counts the people for whom a slip that the server does not know yet reaches a target's coverage goal today: the quota is right
// without a network too.
export function unsent(app: App, coverage: string): number {
  const plan = app.m!.account.plan;
  const cov = plan?.coverages.find((c) => c.id === coverage);
  if (!cov) return 0;
  const goal = cov.states[cov.goal]?.id;
  const people = new Set<string>();
  for (const s of app.m!.slips.values()) {
    if (s.verdict !== "waiting" || s.day !== app.today()) continue;
    if (((s.item.claims as { coverage: string; state: string }[] | undefined) ?? []).some((c) => c.coverage === coverage && c.state === goal)) people.add(String(s.item.person));
  }
  return people.size;
}

export const lastSlip = (app: App, id: string): Slip | undefined => app.m!.slipsOf(id)[0];

// houses groups people so that one visit does a household; a household stands where its likeliest person stands.
export interface House { key: string; title: string; people: Ranked[] }

export function houses(people: Ranked[]): House[] {
  const by = new Map<string, House>();
  for (const r of people) {
    const key = r.person.house === "" ? r.person.id : r.person.unit + "|" + fold(r.person.house);
    let house = by.get(key);
    if (!house) by.set(key, (house = { key, title: r.person.house === "" ? r.person.name : r.person.house, people: [] }));
    house.people.push(r);
  }
  return [...by.values()];
}

// A household is called by its head where the list knows one, else as the list calls it.
function houseTitle(x: House): string {
  const head = x.people.find((r) => fold(r.person.relation) === "chu ho");
  if (head) return "Hộ " + head.person.name;
  return (/^[\d.\-/]+$/.test(x.title) ? "Hộ số " : "Hộ ") + x.title;
}

// whereOf is where somebody lives: the address, and the hamlet when the phone carries several and the address does not say it.
export function whereOf(app: App, p: Person): string {
  const unit = app.m!.account.units.length > 1 ? app.m!.account.units[p.unit]?.title ?? "" : "";
  return p.address.includes(unit) ? p.address : [p.address, unit].filter(Boolean).join(" · ");
}

export function personLine(app: App, r: Ranked): HTMLElement {
  const p = r.person;
  const mine = lastSlip(app, p.id);
  const did = mine ? resultTitles[String(mine.item.result)] : p.contact ? resultTitles[p.contact.result] : "";
  return h("a.person", { href: "#nguoi=" + p.id },
    h("span.who", null, h("b", null, p.name), h("small", null, [p.birth ? viBirth(p.birth) : "", p.relation].filter(Boolean).join(" · "))),
    h("span.what", null, mine ? h("em.did", null, did) : r.why ? h("em", null, r.why) : null, r.steps[0] ? h("small", null, r.steps[0].text) : null));
}

export function houseCard(app: App, x: House): HTMLElement {
  const one = x.people.length === 1 && x.people[0].person.name === x.title;
  const where = whereOf(app, x.people[0].person);
  return h("section.house", null, one ? null : h("h2", null, houseTitle(x)), where ? h("p.where", null, where) : null, x.people.map((r) => personLine(app, r)));
}

// The first screenful is enough at the door; more comes on demand.
const screenful = 40;
let shown = screenful;

export function listOf(app: App, list: House[], empty: HTMLElement): HTMLElement {
  if (list.length === 0) return empty;
  const part = list.slice(0, shown);
  return h("div.houses", null, part.map((x) => houseCard(app, x)),
    list.length > part.length ? h("button.more", { type: "button", click: () => { shown += screenful; app.draw(true); } }, `Xem thêm (còn ${int(list.length - part.length)} hộ)`) : null);
}

export function ranked(app: App): Ranked[] {
  const m = app.m!;
  const last = new Map<string, Slip>();
  for (const s of m.slips.values()) {
    if (s.item.kind !== "visit") continue;
    const was = last.get(String(s.item.person));
    if (!was || s.item.id > was.item.id) last.set(String(s.item.person), s);
  }
  return rankToday(m.account.plan, [...m.people.values()], app.today(), partOf(app.now(), m.account.plan?.evening ?? "17:30"), (p: Person) => last.get(p.id));
}

export function homePage(app: App, keep: boolean): void {
  const m = app.m!;
  const plan = m.account.plan;
  if (!keep) shown = screenful;
  if (!plan || (m.people.size === 0 && m.account.loading)) {
    show(app.root, frame(app, "", "Hôm nay", false, h("div.empty", null, h("h2", null, app.online ? "Đang tải danh sách" : "Chưa có danh sách trên máy"), h("p", null, app.online ? "Lần đầu mất khoảng nửa phút. Danh sách sau đó dùng được khi không có mạng." : "Hãy ra nơi có mạng để máy tải danh sách; sau đó không cần mạng nữa."))), keep);
    return;
  }
  const day = m.account.day;
  const done = doneToday(app);
  const open = ranked(app).filter((r) => r.person.needs.length > 0 && r.open);
  const list = open.filter((r) => r.person.mine > 0);
  const others = open.length - list.length;
  const quota = day && day.day === app.today() ? day.targets.filter((t) => t.quota > 0 || t.done > 0).map((t) => ({ ...t, done: t.done + unsent(app, t.coverage) })) : [];
  show(app.root, frame(app, "", "Hôm nay", false,
    h("section.quota", { "aria-label": "Chỉ tiêu hôm nay" },
      quota.length > 0 ? quota.map((t) => h("div.target", null, h("span", null, t.title), h("b", null, `${int(t.done)}/${int(t.quota)}`), h("meter", { min: 0, max: Math.max(1, t.quota), value: Math.min(t.done, t.quota), "aria-label": t.title }), h("small", null, t.done >= t.quota ? "đủ chỉ tiêu" : `còn ${int(t.quota - t.done)}`)))
        : h("p.hint", null, "Hôm nay chưa có chỉ tiêu cho tổ. Cứ làm theo danh sách dưới đây."),
      h("p.tally", null, `Máy này hôm nay: ${int(done)} lượt đến nhà.`)),
    h("form.search", { role: "search", submit: (e: Event) => { e.preventDefault(); } }, icon("search"), h("input", { type: "search", placeholder: "Tìm tên, không cần dấu", "aria-label": "Tìm trong danh sách", focus: () => app.go("#danh-sach") })),
    h("h2.section", null, `Nên đến trước · ${int(list.length)} người`),
    (m.account.rolls ?? []).length > 0 ? h("a.button", { href: "#diem" }, "Điểm danh ở điểm thu nhận hôm nay") : null,
    listOf(app, houses(list), m.people.size === 0 ? h("div.empty", null, h("h2", null, "Máy này không giữ danh sách dân"), h("p", null, "Máy được cấp để điểm danh ở điểm thu nhận. Cần đi từng nhà thì xin tổ trưởng cấp thêm ấp.")) : h("div.empty", null, h("h2", null, "Không còn ai phải đến"), h("p", null, others > 0 ? `Phần của bạn đã xong. Địa bàn còn ${int(others)} người của thành viên khác, xem ở Danh sách.` : "Mọi người trong danh sách của máy này đã có đủ bốn mục tiêu hoặc đã được ghi nhận hôm nay."))),
  ), keep);
}

let query = "";
let filter = "all";

// find gives the people whose name has every word, each as the beginning of a word; four digits find the end of a number.
export function find(people: Iterable<Person>, q: string): Person[] {
  const words = fold(q).split(" ").filter(Boolean);
  const out: Person[] = [];
  for (const p of people) {
    const text = " " + p.fold;
    if (words.every((w) => text.includes(" " + w) || (/^\d{3,4}$/.test(w) && p.tail.endsWith(w)))) out.push(p);
  }
  return out;
}

export function listPage(app: App, keep: boolean): void {
  const m = app.m!;
  if (!keep) shown = screenful;
  const box = h("div", null);
  const everybody = ranked(app);
  const drawList = (): void => {
    const all = new Set(find(m.people.values(), query).map((p) => p.id));
    const list = everybody.filter((r) => all.has(r.person.id) && (filter === "all" || (filter === "todo" ? r.person.needs.length > 0 : filter === "mine" ? r.person.mine > 0 : r.person.needs.includes(Number(filter)))));
    box.replaceChildren(h("p.count", { "aria-live": "polite" }, `${int(list.length)} người`), listOf(app, houses(list), h("div.empty", null, h("h2", null, "Không tìm thấy ai"), h("p", null, "Thử gõ ít chữ hơn, bốn số cuối của số định danh, hoặc quét mã QR trên thẻ."), h("a.button", { href: "#gap" }, "Ghi người không có trong danh sách"))));
  };
  const input = h("input", { type: "search", value: query, placeholder: "Tên không cần dấu, hoặc 4 số cuối CCCD", "aria-label": "Tìm trong danh sách", input: (e: Event) => { query = (e.target as HTMLInputElement).value; shown = screenful; drawList(); } }) as HTMLInputElement;
  const select = h("select", { "aria-label": "Lọc", change: (e: Event) => { filter = (e.target as HTMLSelectElement).value; shown = screenful; drawList(); } },
    h("option", { value: "all" }, "Tất cả"), h("option", { value: "mine" }, "Tổ tôi phụ trách"), h("option", { value: "todo" }, "Còn thiếu"), (m.account.plan?.segments ?? []).map((s, i) => h("option", { value: String(i) }, s.title))) as HTMLSelectElement;
  select.value = filter;
  drawList();
  show(app.root, frame(app, "danh-sach", "Danh sách", false, h("form.search", { role: "search", submit: (e: Event) => e.preventDefault() }, icon("search"), input), h("div.filter", null, select), box), keep);
  if (!keep) input.focus({ preventScroll: true });
}
