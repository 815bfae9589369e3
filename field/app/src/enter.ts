// The way in: enrolment by the leader's QR or code, the PIN, and what is said when the phone is shut.

import type { App } from "./app";
import * as base from "./base";
import { h, show, toast } from "./dom";
import { Memory, type Open } from "./state";
import * as sync from "./sync";
import * as vault from "./vault";

const brand = (): HTMLElement => h("div.brand", null, h("img", { src: "icon.svg", alt: "", width: 56, height: 56 }), h("p", null, "Bốn phủ · Đi từng ngõ, đến từng nhà"));

const tidy = (s: string): string => s.toUpperCase().replace(/[^A-Z0-9]/g, "");

// enrolPage asks for the code; one that came in the address is filled in.
export function enrolPage(app: App, code: string, why = ""): void {
  const input = h("input", { id: "code", value: code, autocomplete: "off", autocapitalize: "characters", maxlength: 12, inputmode: "text", required: true, "aria-describedby": "code-help" }) as HTMLInputElement;
  const error = h("p.error", { role: "alert", hidden: why === "" }, why);
  const button = h("button.primary", { type: "submit" }, "Ghi danh máy này") as HTMLButtonElement;
  const form = h("form", {
    submit: async (e: Event) => {
      e.preventDefault();
      const typed = tidy(input.value);
      if (typed.length < 8) return fail("Mã ghi danh có 8 ký tự. Hãy xem lại mã tổ trưởng đưa.");
      button.disabled = true;
      button.textContent = "Đang kiểm tra mã…";
      try {
        const was = await base.get<Open>("meta", "open");
        pinPage(app, await sync.enrol(typed, was?.device ?? ""));
      } catch (x) {
        fail(x instanceof sync.Trouble ? x.message : "Ghi danh cần có mạng. Hãy bật mạng rồi thử lại.");
      }
    },
  }, h("label", { for: "code" }, "Mã ghi danh"), input, h("p.hint", { id: "code-help" }, "Tổ trưởng mở “Điện thoại” trên máy tính để lấy mã hoặc mã QR. Mỗi mã dùng một lần, trong 15 phút."), error, button);
  function fail(text: string): void {
    error.textContent = text;
    error.hidden = false;
    button.disabled = false;
    button.textContent = "Ghi danh máy này";
  }
  show(app.root, h("main.enter", null, brand(), h("h1", null, "Ghi danh điện thoại"), form));
  if (code === "") input.focus();
}

// pad is a PIN pad of big keys; done is called with six digits.
function pad(done: (pin: string) => void): { box: HTMLElement; clear: () => void } {
  let pin = "";
  const dots = h("div.dots", { role: "status", "aria-label": "Đã nhập 0 trên 6 số" });
  const drawDots = (): void => {
    dots.replaceChildren(...Array.from({ length: 6 }, (_, i) => h(i < pin.length ? "i.on" : "i", null)));
    dots.setAttribute("aria-label", `Đã nhập ${pin.length} trên 6 số`);
  };
  const press = (d: string): void => {
    if (d === "←") pin = pin.slice(0, -1);
    else if (pin.length < 6) pin += d;
    drawDots();
    if (pin.length === 6) {
      const whole = pin;
      window.setTimeout(() => done(whole), 0);
    }
  };
  const keys = h("div.keys", null, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "←"].map((d) => (d === "" ? h("span", null) : h("button", { type: "button", "data-key": d, "aria-label": d === "←" ? "Xóa một số" : d, click: () => press(d) }, d))));
  const box = h("div.pad", { tabindex: 0, "aria-label": "Bàn phím mã PIN", role: "group", keydown: (e: KeyboardEvent) => { if (/^\d$/.test(e.key)) press(e.key); if (e.key === "Backspace") press("←"); } }, dots, keys);
  drawDots();
  return { box, clear: () => { pin = ""; drawDots(); } };
}

const weak = (pin: string): boolean => /^(\d)\1{5}$/.test(pin) || "01234567890".includes(pin) || "09876543210".includes(pin);

// choosePIN asks for a PIN twice.
export function choosePIN(app: App, title: string, lead: string, done: (pin: string) => void): void {
  let first = "";
  const error = h("p.error", { role: "alert", hidden: true });
  const head = h("h1", null, title);
  const text = h("p.hint", null, lead);
  const say = (s: string): void => { error.textContent = s; error.hidden = s === ""; };
  const p = pad((pin) => {
    if (first === "") {
      if (weak(pin)) say("Mã này dễ đoán quá. Hãy chọn 6 số khác.");
      else {
        first = pin;
        say("");
        head.textContent = "Nhập lại mã PIN";
        text.textContent = "Nhập đúng 6 số vừa chọn.";
      }
      p.clear();
      return;
    }
    if (pin !== first) {
      first = "";
      head.textContent = title;
      text.textContent = lead;
      say("Hai lần nhập không giống nhau. Hãy chọn lại.");
      p.clear();
      return;
    }
    done(pin);
  });
  show(app.root, h("main.enter", null, brand(), head, text, error, p.box));
  p.box.focus();
}

function pinPage(app: App, e: sync.Enrolled): void {
  choosePIN(app, "Chọn mã PIN", `Xin chào ${e.holder.name}. Mã PIN 6 số khóa danh sách trên máy này; sai ${vault.maxWrong} lần danh sách bị xóa.`, async (pin) => {
    show(app.root, h("main.enter", null, brand(), h("h1", null, "Đang khóa máy…"), h("p.hint", { role: "status" }, "Xin chờ một chút.")));
    const key = await vault.make(pin, e.escrow, e.oldEscrow ?? "");
    await base.clear("chunk");
    app.open = { device: e.device, until: e.until, name: e.holder.teamName, seen: Date.now(), skew: Date.parse(e.now) - Date.now() };
    await base.write([{ store: "meta", key: "open", value: app.open }]);
    app.m = await Memory.begin(key, { token: e.token, holder: e.holder, units: e.units, cursor: "", plan: null, day: null, synced: 0, loading: true });
    app.out = false;
    void navigator.storage?.persist?.();
    app.go("#");
    app.draw();
    void app.sync();
  });
}

// unlockPage asks for the PIN.
export function unlockPage(app: App): void {
  const error = h("p.error", { role: "alert", hidden: true });
  const say = (s: string): void => { error.textContent = s; error.hidden = s === ""; };
  let busy = false;
  const p = pad(async (pin) => {
    if (busy) return;
    busy = true;
    say("");
    p.box.classList.add("wait");
    const o = await vault.unlock(pin);
    busy = false;
    p.box.classList.remove("wait");
    p.clear();
    if ("wrong" in o) return say(`Mã PIN không đúng. Còn ${vault.maxWrong - o.wrong} lần thử.`);
    if ("shut" in o) return shutPage(app);
    app.m = await Memory.load(o.key);
    app.touched = Date.now();
    if (!app.m) return enrolPage(app, "", "Máy này chưa ghi danh xong. Hãy xin tổ trưởng mã mới.");
    if (app.expired()) {
      app.m.people.clear();
      await base.clear("chunk");
      app.m.account.cursor = "";
      app.m.account.synced = 0;
      await app.m.saveAccount();
      toast("Danh sách trên máy đã hết hạn nên được xóa. Có mạng máy sẽ tải lại.", "warn");
    }
    await app.keep();
    app.draw();
    void app.sync();
  });
  show(app.root, h("main.enter", null, brand(), h("h1", null, "Nhập mã PIN"), h("p.hint", null, app.open?.name ?? ""), error, p.box, h("button.link", { type: "button", click: () => enrolPage(app, "") }, "Quên mã PIN? Ghi danh lại")));
  p.box.focus();
}

// shutPage says that ten wrong PINs destroyed the list, and that what was recorded is still there.
export function shutPage(app: App): void {
  void base.all("slip").then((slips) => {
    const n = slips.length;
    show(app.root, h("main.enter", null, brand(), h("h1", null, "Máy đã khóa"), h("p", null, `Mã PIN sai ${vault.maxWrong} lần nên danh sách trên máy đã được xóa.`),
      n > 0 ? h("p.keep", null, `${n} phiếu đã ghi vẫn được giữ kín trên máy và sẽ mở lại khi tổ trưởng ghi danh lại chính máy này.`) : null,
      h("button.primary", { type: "button", click: () => enrolPage(app, "") }, "Ghi danh lại")));
  });
}
