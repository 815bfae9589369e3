// The person and the slip of a visit: one page, big targets, everything of the household at once.

import { App } from "./app";
import { choice, h, icon, show, toast } from "./dom";
import { addDays, fold, viBirth, viDay } from "./fold";
import { frame, houses, personLine, ranked, whereOf } from "./home";
import { newID } from "./id";
import { partTitles, resultTitles, type Claim, type Item, type Person, type Slip } from "./model";
import { stepsOf, type Ranked } from "./rules";
import { shrink } from "./picture";

export const verdictTitles: Record<string, string> = { waiting: "chưa gửi", done: "máy chủ đã nhận", same: "máy chủ đã nhận", held: "chờ người xử lý", refused: "không nhận" };

function household(app: App, p: Person): Ranked[] {
  const all = ranked(app);
  const mine = houses(all).find((x) => x.people.some((r) => r.person.id === p.id));
  return mine ? mine.people : [];
}

export function personPage(app: App, id: string, keep: boolean): void {
  const m = app.m!;
  const p = m.people.get(id);
  const plan = m.account.plan;
  if (!p || !plan) {
    show(app.root, frame(app, "-", "Không tìm thấy", true, h("div.empty", null, h("h2", null, "Người này không còn trong danh sách của máy"), h("p", null, "Có thể đã chuyển sang ấp khác. Phiếu đã ghi vẫn được giữ ở mục Chờ gửi."))));
    return;
  }
  const steps = stepsOf(plan, p);
  const home = household(app, p);
  const others = home.filter((r) => r.person.id !== id);
  const slips = m.slipsOf(id);
  show(app.root, frame(app, "-", p.name, true,
    h("p.facts", null, [p.birth ? viBirth(p.birth) : "", p.gender === "m" ? "Nam" : p.gender === "f" ? "Nữ" : "", p.relation, p.tail ? "CCCD …" + p.tail : p.found ? "" : "chưa có số CCCD", p.phone].filter(Boolean).join(" · ")),
    whereOf(app, p) ? h("p.where", null, whereOf(app, p)) : null,
    p.found ? h("p.notice", null, "Người gặp ngoài danh sách: phiếu chờ Công an đối chiếu.") : null,
    p.lang ? h("p.notice", null, "Có thể cần người nói tiếng " + (plan.languages.find((l) => l.id === p.lang)?.title ?? "") + " đi cùng.") : null,
    p.contact ? h("p.last", null, lastContact(app, p)) : null,
    slips.length > 0 ? h("section.slips", null, h("h2", null, "Đã ghi trên máy này"), slips.map((s) => slipLine(app, s))) : null,
    steps.length > 0 ? h("section.steps", null, h("h2", null, "Việc cần làm"), h("ol", null, steps.map((s) => h(s.blocked !== "" ? "li.blocked" : "li", null, s.text)))) : p.found ? null : h("p.notice.good", null, "Đã có đủ, không còn việc gì phải làm."),
    visitForm(app, p, home),
    others.length > 0 ? h("section.house", null, h("h2", null, "Cùng hộ"), others.map((r) => personLine(app, r))) : null,
  ), keep);
}

function lastContact(app: App, p: Person): string {
  const c = p.contact!;
  const plan = app.m!.account.plan!;
  const why = plan.reasons.find((r) => r.id === c.reason)?.title;
  let s = `Lần trước (${viDay(c.day)}): ${resultTitles[c.result] ?? c.result}`;
  if (why) s += `, ${why.charAt(0).toLowerCase()}${why.slice(1)}`;
  if (c.ret) s += `; ${c.result === "away" ? "vắng đến" : "hẹn"} ${viDay(c.ret)}${c.part ? " buổi " + partTitles[c.part] : ""}`;
  return s + `. Đã đến ${c.tries} lần.`;
}

function slipLine(app: App, s: Slip): HTMLElement {
  return h("div.slip." + s.verdict, null, h("span", null, h("b", null, s.label), h("small", null, [verdictTitles[s.verdict], s.text].filter(Boolean).join(": "))), s.verdict === "refused" ? null : h("button.link", { type: "button", click: () => void undo(app, s) }, "Hủy phiếu"));
}

// undo takes a slip back: one not sent is dropped, one that the server has is voided there.
export async function undo(app: App, s: Slip): Promise<void> {
  const m = app.m!;
  if (s.verdict === "waiting") {
    await m.drop([s.item.id, ...[...m.slips.values()].filter((x) => x.item.kind === "photo" && x.item.of === s.item.id).map((x) => x.item.id)]);
    toast("Đã bỏ phiếu chưa gửi.");
  } else {
    await m.record([{ item: { id: newID(), kind: "undo", at: new Date().toISOString(), visit: s.item.id, why: "Ghi nhầm, hủy từ điện thoại", person: s.item.person }, label: "Hủy: " + s.label }], app.today());
    await m.drop([s.item.id]);
    toast("Đã ghi yêu cầu hủy; máy chủ sẽ rút lại phiếu.");
    void app.sync();
  }
  app.draw(true);
}

interface Draft {
  result: string;
  reason: string;
  ret: string;
  part: string;
  claims: Record<string, string>; // coverage → state
  orders: string[];
  helpers: string[];
  lang: string;
  note: string;
  photo: string;
}

const needsReturn = (result: string): boolean => result === "promised" || result === "away";

function visitForm(app: App, p: Person, home: Ranked[]): HTMLElement {
  const m = app.m!;
  const plan = m.account.plan!;
  const d: Draft = { result: "", reason: "", ret: "", part: "", claims: {}, orders: [], helpers: [], lang: p.lang, note: "", photo: "" };
  const error = h("p.error", { role: "alert", hidden: true });
  const reasons = h("div", null);
  const when = h("div", null);
  const photoNote = h("small", { role: "status" });

  const drawReasons = (): void => {
    const list = plan.reasons.filter((r) => r.result === d.result);
    reasons.replaceChildren(...(list.length > 0 ? [h("h3", null, d.result === "needs" ? "Còn thiếu gì?" : d.result === "helper" ? "Cần ai giúp?" : "Vì sao?"), choice("Lý do", list.map((r) => ({ id: r.id, title: r.title })), [], false, (x) => { d.reason = x[0] ?? ""; })] : []));
    when.replaceChildren();
    if (!needsReturn(d.result)) return;
    const t = app.today();
    const input = h("input", { type: "date", min: t, "aria-label": "Ngày", value: d.ret, change: (e: Event) => { d.ret = (e.target as HTMLInputElement).value; } }) as HTMLInputElement;
    const quick: [string, string][] = [["Hôm nay", t], ["Ngày mai", addDays(t, 1)], ["3 ngày nữa", addDays(t, 3)], ["Tuần sau", addDays(t, 7)]];
    when.append(h("h3", null, d.result === "away" ? "Vắng đến khi nào?" : "Hẹn khi nào?"),
      choice("Ngày", quick.map(([title, id]) => ({ id, title })), d.ret ? [d.ret] : [], false, (x) => { d.ret = x[0] ?? ""; input.value = d.ret; }), input,
      choice("Buổi", Object.entries(partTitles).map(([id, title]) => ({ id, title: "Buổi " + title })), d.part ? [d.part] : [], false, (x) => { d.part = x[0] ?? ""; }));
  };

  const coverages = plan.coverages.map((c, i) => {
    const [confirmed, claimed] = p.ranks[i] ?? [0, 0];
    const options = c.states.map((s, rank) => ({ id: s.id, title: s.title, rank })).filter((s) => s.rank > Math.max(confirmed, 1) && s.rank <= c.goal);
    const now = c.states[Math.max(confirmed, claimed)]?.title ?? "";
    if (options.length === 0) return h("div.cover.full", null, h("b", null, c.short), h("small", null, icon("check"), " " + (c.states[confirmed]?.title ?? "")));
    return h("div.cover", null, h("b", null, c.short), h("small", null, now + (claimed > confirmed ? " (tổ báo, chờ xác nhận)" : "")), choice(c.title, options, [], false, (x) => {
      if (x[0]) d.claims[c.id] = x[0];
      else delete d.claims[c.id];
    }));
  });

  const orders = ([["device", "máy 4G giá ưu đãi"], ["sim", "SIM chính chủ kèm chữ ký số"]] as const).filter(([id]) => !(p.contact?.orders ?? []).includes(id)).map(([id, title]) => ({ id, title: "Đăng ký " + title }));
  const members = (m.account.day?.members ?? []).filter((x) => x.id !== m.account.holder.member);

  const photo = plan.photo === "" ? null : h("label.photo", null, icon("camera"), h("span", null, plan.photo === "required" ? "Chụp ảnh (bắt buộc)" : "Chụp ảnh"), photoNote, h("input", {
    type: "file", accept: "image/*", capture: "environment", change: async (e: Event) => {
      const f = (e.target as HTMLInputElement).files?.[0];
      if (!f) return;
      photoNote.textContent = "đang thu nhỏ…";
      try {
        d.photo = await shrink(f);
        photoNote.textContent = "đã có ảnh";
      } catch {
        photoNote.textContent = "ảnh này không đọc được, hãy chụp lại";
      }
    },
  }));

  const save = async (next: boolean): Promise<void> => {
    const say = (text: string): void => {
      error.textContent = text;
      error.hidden = false;
      error.scrollIntoView({ block: "center" });
    };
    if (d.result === "" && Object.keys(d.claims).length > 0) d.result = "done";
    if (d.result === "") return say("Hãy chọn kết quả của lần đến này.");
    if (d.result === "promised" && d.ret === "") return say("Hãy chọn ngày hẹn quay lại.");
    if (d.ret !== "" && d.ret < app.today()) return say("Ngày hẹn phải từ hôm nay trở đi.");
    if (plan.photo === "required" && d.photo === "") return say("Kế hoạch yêu cầu chụp ảnh ở mỗi lần đến. Hãy chụp rồi lưu.");
    if (/\d{9,}/.test(d.note)) return say("Ghi chú không được chứa số định danh hay số điện thoại. Hãy bỏ số đó đi.");
    const at = new Date().toISOString();
    const claims: Claim[] = Object.entries(d.claims).map(([coverage, state]) => ({ id: newID(), coverage, state }));
    const item: Item = { id: newID(), kind: "visit", at, person: p.id, result: d.result, reason: d.reason, return: needsReturn(d.result) ? d.ret : "", part: d.part, claims, orders: d.orders, helpers: d.helpers, lang: d.lang, note: d.note.trim() };
    const label = p.name + ": " + resultTitles[d.result];
    const items = [{ item, label }];
    if (d.photo) items.push({ item: { id: newID(), kind: "photo", at, of: item.id, person: p.id, jpeg: d.photo }, label: "Ảnh: " + p.name });
    await m.record(items, app.today());
    void app.keep();
    navigator.vibrate?.(30);
    const left = next ? household(app, p).find((r) => r.person.id !== p.id && r.open && r.person.needs.length > 0) : undefined;
    toast("Đã lưu trên máy: " + label, "good", { title: "Hủy", run: () => { const s = m.slips.get(item.id); if (s) void undo(app, s); } });
    if (left) location.replace("#nguoi=" + left.person.id);
    else app.go("#");
    void app.sync();
  };

  const more = home.some((r) => r.person.id !== p.id && r.open && r.person.needs.length > 0);
  return h("form.visit", { submit: (e: Event) => { e.preventDefault(); void save(true); } },
    h("h2", null, "Ghi kết quả"),
    p.found || coverages.length === 0 ? null : h("div.covers", null, coverages),
    choice("Kết quả", Object.entries(resultTitles).map(([id, title]) => ({ id, title })), [], false, (x) => { d.result = x[0] ?? ""; d.reason = ""; error.hidden = true; drawReasons(); }),
    reasons, when,
    orders.length > 0 && !p.found ? h("div", null, h("h3", null, "Người dân đồng ý đăng ký mua"), choice("Đăng ký", orders, [], true, (x) => { d.orders = x; })) : null,
    h("details", null, h("summary", null, "Thêm: người giúp, ngôn ngữ, ghi chú, ảnh"),
      members.length > 0 ? h("div", null, h("h3", null, "Ai cùng làm?"), choice("Người cùng làm", members.map((x) => ({ id: x.id, title: x.name })), [], true, (x) => { d.helpers = x; })) : null,
      plan.languages.length > 0 ? h("div", null, h("h3", null, "Cần người nói tiếng"), choice("Ngôn ngữ", plan.languages.map((l) => ({ id: l.id, title: l.title })), p.lang ? [p.lang] : [], false, (x) => { d.lang = x[0] ?? ""; })) : null,
      h("label", null, "Ghi chú", h("textarea", { rows: 2, maxlength: 300, input: (e: Event) => { d.note = (e.target as HTMLTextAreaElement).value; } })),
      photo,
      p.found ? null : h("button.link", { type: "button", click: () => app.go("#sua=" + p.id) }, "Báo sửa số điện thoại, địa chỉ")),
    error,
    h("button.primary", { type: "submit" }, more ? "Lưu, sang người cùng hộ" : "Lưu"));
}

// correctPage proposes another telephone or address; where the register moved on meanwhile, a person decides.
export function correctPage(app: App, id: string): void {
  const p = app.m!.people.get(id);
  if (!p) return app.go("#");
  let attr = "phone";
  const input = h("input", { id: "value", inputmode: "tel", maxlength: 200, autocomplete: "off" }) as HTMLInputElement;
  const error = h("p.error", { role: "alert", hidden: true });
  const was = h("p.hint", null, "Đang ghi: " + (p.phone || "chưa có"));
  show(app.root, frame(app, "-", "Báo sửa", true, h("p.facts", null, p.name), h("form.visit", {
    submit: async (e: Event) => {
      e.preventDefault();
      const value = input.value.trim();
      if (attr === "phone" ? !/^0\d{9}$/.test(value.replace(/[ .]/g, "")) : fold(value).length < 3) {
        error.textContent = attr === "phone" ? "Số điện thoại gồm 10 chữ số, bắt đầu bằng 0." : "Hãy ghi địa chỉ.";
        error.hidden = false;
        return;
      }
      await app.m!.record([{ item: { id: newID(), kind: "correct", at: new Date().toISOString(), person: id, attr, base: attr === "phone" ? p.phone : p.address, value: attr === "phone" ? value.replace(/[ .]/g, "") : value }, label: p.name + (attr === "phone" ? ": sửa số điện thoại" : ": sửa địa chỉ") }], app.today());
      toast("Đã ghi. Công an xã sẽ thấy đề nghị này.");
      app.back();
      void app.sync();
    },
  }, choice("Sửa gì", [{ id: "phone", title: "Số điện thoại" }, { id: "address", title: "Địa chỉ" }], ["phone"], false, (x) => {
    attr = x[0] ?? "phone";
    input.inputMode = attr === "phone" ? "tel" : "text";
    was.textContent = "Đang ghi: " + ((attr === "phone" ? p.phone : p.address) || "chưa có");
  }), was, h("label", { for: "value" }, "Đúng là"), input, error, h("button.primary", { type: "submit" }, "Lưu"))));
}

