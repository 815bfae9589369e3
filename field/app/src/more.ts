// The other pages: what is not yet sent, somebody met who is in no list, obstacles, the leader's view, and the phone itself.

import { App, spellMinutes } from "./app";
import * as base from "./base";
import { choice, h, show, toast } from "./dom";
import { hourOf, int, viDay } from "./fold";
import { choosePIN } from "./enter";
import { frame } from "./home";
import { newID } from "./id";
import type { Slip } from "./model";
import { shrink } from "./picture";
import { takeCard } from "./scan";
import * as sync from "./sync";
import { undo, verdictTitles } from "./visit";
import * as vault from "./vault";

export function outboxPage(app: App, keep: boolean): void {
  const m = app.m!;
  const all = [...m.slips.values()].sort((a, b) => (a.item.id > b.item.id ? -1 : 1));
  const part = (title: string, list: Slip[], empty: string): HTMLElement => h("section.slips", null, h("h2.section", null, `${title} · ${int(list.length)}`), list.length === 0 ? h("p.hint", null, empty) : list.map((s) => h("div.slip." + s.verdict, null,
    h("span", null, h("b", null, s.label), h("small", null, `${hourOf(Date.parse(s.item.at))} ngày ${viDay(s.day)}`), s.text || s.verdict !== "waiting" ? h("small.why", null, [verdictTitles[s.verdict], s.text].filter(Boolean).join(": ")) : null),
    s.verdict === "waiting" ? h("button.link", { type: "button", click: () => void undo(app, s) }, "Bỏ") : (s.verdict === "held" || s.verdict === "refused") && !s.seen ? h("button.link", { type: "button", click: async () => { await m.update([{ ...s, seen: true }]); app.draw(true); } }, "Đã xem") : null)));
  const waiting = all.filter((s) => s.verdict === "waiting");
  const trouble = all.filter((s) => s.verdict === "held" || s.verdict === "refused");
  const done = all.filter((s) => s.verdict === "done" || s.verdict === "same");
  show(app.root, frame(app, "cho-gui", "Chờ gửi", false,
    h("button.primary", { type: "button", disabled: app.busy, click: () => void app.sync(true) }, waiting.length > 0 ? `Gửi ${int(waiting.length)} phiếu` : "Đồng bộ ngay"),
    part("Chưa gửi", waiting, "Không có phiếu nào chờ gửi."), trouble.length > 0 ? part("Chờ người xử lý, không nhận", trouble, "") : null, part("Máy chủ đã nhận", done, "Chưa có phiếu nào được nhận.")), keep);
}

// foundPage is for somebody who is in no list: a record that waits for the police.
export function foundPage(app: App): void {
  const m = app.m!;
  const card = takeCard();
  const field = (id: string, title: string, value: string, attrs: Record<string, string | number> = {}): [HTMLElement, HTMLInputElement] => {
    const input = h("input", { id, value, autocomplete: "off", maxlength: 200, ...attrs }) as HTMLInputElement;
    return [h("label", { for: id }, title, input), input];
  };
  const [nameBox, name] = field("name", "Họ và tên", card?.name ?? "", { autocapitalize: "words" });
  const [birthBox, birth] = field("birth", "Ngày sinh", card?.birth ?? "", { type: "date" });
  const [numberBox, number] = field("number", "Số định danh (nếu có)", card?.number ?? "", { inputmode: "numeric" });
  const [addressBox, address] = field("address", "Chỗ ở", card?.address ?? "");
  const unit = h("select", { id: "unit" }, m.account.units.map((u) => h("option", { value: u.id }, u.title))) as HTMLSelectElement;
  let gender = card?.gender ?? "";
  const note = h("textarea", { id: "note", rows: 2, maxlength: 300 }) as HTMLTextAreaElement;
  const error = h("p.error", { role: "alert", hidden: true });
  show(app.root, frame(app, "-", "Người ngoài danh sách", true, h("p.notice", null, card?.name ? "Thẻ này không có trong danh sách của máy. Phiếu sẽ chờ Công an xã đối chiếu." : "Phiếu sẽ chờ Công an xã đối chiếu với dữ liệu dân cư."),
    h("form.visit", {
      submit: async (e: Event) => {
        e.preventDefault();
        const n = number.value.replace(/\D/g, "");
        if (name.value.trim() === "" || (n !== "" && n.length !== 12)) {
          error.textContent = name.value.trim() === "" ? "Hãy ghi họ tên." : "Số định danh có 12 chữ số; nếu không rõ hãy để trống.";
          error.hidden = false;
          return;
        }
        const id = newID();
        await m.record([{ item: { id, kind: "found", at: new Date().toISOString(), unit: unit.value, qr: { number: n, old: card?.old ?? "", name: name.value.trim(), birth: birth.value, gender, address: address.value.trim(), issued: card?.issued ?? "" }, note: note.value.trim(), typed: !card }, label: "Gặp ngoài danh sách: " + name.value.trim() }], app.today());
        toast("Đã ghi. Giờ ghi kết quả cho người này.");
        location.replace("#nguoi=" + id);
        void app.sync();
      },
    }, nameBox, birthBox, choice("Giới tính", [{ id: "m", title: "Nam" }, { id: "f", title: "Nữ" }], gender ? [gender] : [], false, (x) => { gender = x[0] ?? ""; }), numberBox, addressBox, h("label", { for: "unit" }, "Địa bàn", unit), h("label", { for: "note" }, "Ghi chú", note), error, h("button.primary", { type: "submit" }, "Lưu"))));
}

export function obstaclePage(app: App): void {
  const m = app.m!;
  const categories = m.account.plan?.categories ?? [];
  let category = categories[0]?.id ?? "";
  let photo = "";
  const text = h("textarea", { id: "text", rows: 4, maxlength: 1000, required: true }) as HTMLTextAreaElement;
  const people = h("input", { id: "people", type: "number", min: 0, max: 100000, inputmode: "numeric", value: "" }) as HTMLInputElement;
  const unit = h("select", { id: "unit" }, m.account.units.map((u) => h("option", { value: u.id }, u.title))) as HTMLSelectElement;
  const note = h("small", { role: "status" });
  const error = h("p.error", { role: "alert", hidden: true });
  show(app.root, frame(app, "-", "Báo vướng mắc", true, h("form.visit", {
    submit: async (e: Event) => {
      e.preventDefault();
      const bad = text.value.trim().length < 10 ? "Hãy kể rõ hơn vướng mắc (ít nhất 10 chữ)." : /\d{9,}/.test(text.value) ? "Nội dung không được chứa số định danh hay số điện thoại của ai." : "";
      if (bad) {
        error.textContent = bad;
        error.hidden = false;
        return;
      }
      await m.record([{ item: { id: newID(), kind: "obstacle", at: new Date().toISOString(), unit: unit.value, category, text: text.value.trim(), people: Number(people.value) || 0, ...(photo ? { jpeg: photo } : {}) }, label: "Vướng mắc: " + text.value.trim().slice(0, 40) }], app.today());
      toast("Đã ghi. Huyện sẽ thấy khi máy có mạng.");
      app.back();
      void app.sync();
    },
  }, categories.length > 0 ? choice("Loại vướng mắc", categories, [category], false, (x) => { category = x[0] ?? category; }) : null, h("label", { for: "text" }, "Vướng mắc gì, ở đâu, đã thử làm gì?", text), h("label", { for: "people" }, "Ảnh hưởng khoảng bao nhiêu người", people), h("label", { for: "unit" }, "Địa bàn", unit),
    h("label.photo", null, h("span", null, "Kèm ảnh"), note, h("input", { type: "file", accept: "image/*", capture: "environment", change: async (e: Event) => {
      const f = (e.target as HTMLInputElement).files?.[0];
      if (!f) return;
      try { photo = await shrink(f); note.textContent = "đã có ảnh"; } catch { note.textContent = "ảnh này không đọc được"; }
    } })), error, h("button.primary", { type: "submit" }, "Lưu"))));
}

export function teamPage(app: App, keep: boolean): void {
  const m = app.m!;
  const box = h("div", null, h("p.hint", { role: "status" }, app.online ? "Đang hỏi máy chủ…" : "Không có mạng: dưới đây là số lần đồng bộ cuối."));
  const draw = (v: { members: { id: string; name: string; quota: number; visits: number; sent: string | boolean; device?: boolean }[]; text: string }, fresh: boolean): void => {
    const sent = (x: string | boolean): string => (typeof x === "string" ? (x ? "gửi lúc " + hourOf(Date.parse(x)) : "hôm nay chưa gửi") : x ? "đã gửi hôm nay" : "hôm nay chưa gửi");
    box.replaceChildren(h("p.hint", null, fresh ? "Số của máy chủ lúc này." : "Số của lần đồng bộ cuối."), v.members.length === 0 ? h("p.hint", null, "Tổ chưa có thành viên nào được ghi.") : h("ul.members", null, v.members.map((x) => h("li", null, h("b", null, x.name), h("span", null, x.quota > 0 ? `${int(x.visits)} lượt, giao ${int(x.quota)}` : `${int(x.visits)} lượt`), h(x.sent ? "small" : "small.late", null, sent(x.sent))))),
      v.text ? h("label", null, "Tin ngắn gửi nhóm Zalo (không có thông tin cá nhân)", h("textarea.zalo", { rows: 8, readonly: true, value: v.text }), h("button.button", { type: "button", click: () => { void navigator.clipboard?.writeText(v.text).then(() => toast("Đã chép tin."), () => toast("Hãy bấm giữ vào ô để chép.", "warn")); } }, "Chép tin")) : h("div", null));
  };
  show(app.root, frame(app, "to", m.account.holder.teamName, false, box, links(app)), keep);
  if (m.account.day?.members) draw({ members: m.account.day.members, text: "" }, false);
  if (app.online && !app.out) sync.team(m.account.token).then((v) => { if (box.isConnected) draw(v, true); }, () => undefined);
}

function links(app: App): HTMLElement {
  return h("ul.links", null, (app.m!.account.rolls ?? []).length > 0 ? h("li", null, h("a", { href: "#diem" }, "Điểm danh ở điểm thu nhận")) : null, h("li", null, h("a", { href: "#vuong-mac" }, "Báo vướng mắc về huyện")), h("li", null, h("a", { href: "#gap" }, "Ghi người ngoài danh sách")), h("li", null, h("a", { href: "#may" }, "Máy này")), h("li", null, h("button.link", { type: "button", click: () => void app.sync(true) }, "Đồng bộ ngay")));
}

export function morePage(app: App): void {
  show(app.root, frame(app, "them", "Thêm", false, links(app)));
}

export function phonePage(app: App): void {
  const m = app.m!;
  const o = app.open!;
  const row = (a: string, b: string): HTMLElement[] => [h("dt", null, a), h("dd", null, b)];
  show(app.root, frame(app, "-", "Máy này", true, h("dl", null, row("Người giữ", m.account.holder.name), row("Tổ", m.account.holder.teamName), row("Địa bàn trên máy", m.account.units.map((u) => u.title).join("; ")), row("Số người trên máy", int(m.people.size)),
    row("Đồng bộ lần cuối", m.account.synced ? `${hourOf(m.account.synced)} ngày ${viDay(new Date(m.account.synced + 7 * 3600_000).toISOString())}` : "chưa"), row("Danh sách hết hạn", `${hourOf(Date.parse(o.until))} ngày ${viDay(new Date(Date.parse(o.until) + 7 * 3600_000).toISOString())} nếu không có mạng`), row("Đồng hồ", Math.abs(o.skew) > 60_000 ? "lệch " + spellMinutes(o.skew / 60_000) : "đúng")),
    h("button.button", { type: "button", click: () => changePIN(app) }, "Đổi mã PIN"),
    h("button.button.danger", { type: "button", click: () => void wipe(app) }, "Xóa danh sách khỏi máy")));
}

function changePIN(app: App): void {
  const error = h("p.error", { role: "alert", hidden: true });
  const input = h("input", { id: "pin", type: "password", inputmode: "numeric", maxlength: 6, autocomplete: "off" }) as HTMLInputElement;
  show(app.root, frame(app, "-", "Đổi mã PIN", true, h("form.visit", {
    submit: async (e: Event) => {
      e.preventDefault();
      const old = input.value;
      const o = await vault.unlock(old);
      if ("shut" in o) return location.reload();
      if ("wrong" in o) {
        error.textContent = `Mã PIN không đúng. Còn ${vault.maxWrong - o.wrong} lần thử.`;
        error.hidden = false;
        return;
      }
      choosePIN(app, "Chọn mã PIN mới", "6 số, không dễ đoán.", async (pin) => {
        await vault.change(old, pin);
        toast("Đã đổi mã PIN.");
        app.draw();
      });
    },
  }, h("label", { for: "pin" }, "Mã PIN đang dùng"), input, error, h("button.primary", { type: "submit" }, "Tiếp tục"))));
}

async function wipe(app: App): Promise<void> {
  const n = app.m!.waiting().length;
  if (n > 0) return toast(`Còn ${int(n)} phiếu chưa gửi. Hãy gửi xong rồi mới xóa.`, "bad");
  if (!window.confirm("Xóa danh sách và ghi danh khỏi máy này? Muốn dùng lại phải xin mã mới.")) return;
  await base.clear("meta", "chunk", "slip");
  app.m = null;
  app.open = null;
  location.replace("./");
}
