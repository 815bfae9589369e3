// The card's QR by the camera, torch where the phone has one, and typing as the way round. The reader is a file of its own, loaded when
// first needed; Chrome's own detector is used where there is one.

import { App } from "./app";
import { readCard, type Card } from "./card";
import { h, icon, show, toast } from "./dom";
import { fold } from "./fold";
import { frame } from "./home";
import type { Person } from "./model";
import { arrive } from "./point";
import { numberKey } from "./vault";

type Detector = { detect(source: CanvasImageSource): Promise<{ rawValue: string }[]> };

async function detector(): Promise<Detector> {
  const native = (window as unknown as { BarcodeDetector?: { new (o: object): Detector; getSupportedFormats(): Promise<string[]> } }).BarcodeDetector;
  if (native && (await native.getSupportedFormats().catch(() => [] as string[])).includes("qr_code")) return new native({ formats: ["qr_code"] });
  const path = "./qr.js";
  const own = (await import(path)) as { detect: (source: CanvasImageSource) => Promise<{ rawValue: string }[]> };
  return own;
}

let stopCamera: (() => void) | null = null;
let session = "";

// leave turns the camera off; every page but this one calls it.
export function leave(): void {
  stopCamera?.();
  stopCamera = null;
}

// scanPage looks for somebody; with a session it checks them in there (KH:III.3.c).
export function scanPage(app: App, at = ""): void {
  leave();
  session = at;
  const video = h("video", { playsinline: true, muted: true, "aria-label": "Hình từ máy ảnh" }) as HTMLVideoElement;
  video.muted = true;
  const note = h("p.hint", { role: "status" }, "Đưa mã QR ở góc trên bên phải của thẻ vào khung.");
  const torch = h("button.button", { type: "button", hidden: true, "aria-pressed": "false" }, icon("light"), "Đèn");
  const number = h("input", { id: "number", inputmode: "numeric", autocomplete: "off", maxlength: 15, placeholder: "12 chữ số", "aria-describedby": "number-error" }) as HTMLInputElement;
  const error = h("p.error", { id: "number-error", role: "alert", hidden: true });
  const typed = h("form.visit", {
    submit: (e: Event) => {
      e.preventDefault();
      const digits = number.value.replace(/\D/g, "");
      if (!/^\d{12}$/.test(digits)) {
        error.textContent = "Số định danh có 12 chữ số. Hãy gõ lại.";
        error.hidden = false;
        return;
      }
      void found(app, { number: digits, old: "", name: "", birth: "", gender: "", address: "", issued: "" });
    },
  }, h("label", { for: "number" }, "Hoặc gõ số định danh"), number, error, h("button.button", { type: "submit" }, "Tìm"));
  show(app.root, frame(app, session ? "-" : "quet", session ? "Quét để điểm danh" : "Quét CCCD", session !== "", h("div.camera", null, video, h("div.frame", null)), h("div.row", null, note, torch), typed, session ? null : h("a.button", { href: "#gap" }, "Ghi người không có thẻ, không có trong danh sách")));
  void start(app, video, note, torch);
}

async function start(app: App, video: HTMLVideoElement, note: HTMLElement, torch: HTMLElement): Promise<void> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } }, audio: false });
  } catch {
    note.textContent = "Không mở được máy ảnh. Hãy cho phép dùng máy ảnh trong cài đặt, hoặc gõ số định danh bên dưới.";
    return;
  }
  let running = true;
  const stop = (): void => {
    running = false;
    for (const t of stream.getTracks()) t.stop();
  };
  if (!video.isConnected) return stop();
  stopCamera = stop;
  video.srcObject = stream;
  await video.play().catch(() => undefined);
  const track = stream.getVideoTracks()[0];
  if ((track.getCapabilities?.() as { torch?: boolean } | undefined)?.torch) {
    torch.hidden = false;
    torch.addEventListener("click", () => {
      const on = torch.getAttribute("aria-pressed") !== "true";
      torch.setAttribute("aria-pressed", String(on));
      void track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] }).catch(() => undefined);
    });
  }
  let reader: Detector;
  try {
    reader = await detector();
  } catch {
    note.textContent = "Máy này chưa tải bộ đọc mã QR. Hãy mở trang này một lần khi có mạng, hoặc gõ số định danh.";
    return;
  }
  let other = "";
  while (running && video.isConnected) {
    if (video.readyState >= 2) {
      const codes = await reader.detect(video).catch(() => []);
      for (const c of codes) {
        const card = readCard(c.rawValue);
        const invitation = /(?:^|[=/])([A-Z2-9]{6})$/.exec(c.rawValue.trim());
        if (session && invitation && running) {
          stop();
          navigator.vibrate?.(60);
          await arrive(app, session, invitation[1], "");
          return;
        }
        if (card && running) {
          stop();
          navigator.vibrate?.(60);
          await found(app, card);
          return;
        }
        if (c.rawValue !== other) {
          other = c.rawValue;
          note.textContent = "Đây không phải mã QR của thẻ CCCD.";
        }
      }
    }
    await new Promise((r) => setTimeout(r, 120));
  }
}

// match finds whose card it is: by number, else by name and birth among those without a number.
export async function match(app: App, card: Card): Promise<Person | null> {
  const m = app.m!;
  const key = await numberKey(m.account.token, card.number);
  const name = fold(card.name);
  let alike: Person[] = [];
  for (const p of m.people.values()) {
    if (p.key === key) return p;
    if (p.key === "" && !p.found && name !== "" && p.fold === name && (p.birth === card.birth || (p.birth.length === 4 && card.birth.startsWith(p.birth)))) alike.push(p);
  }
  return alike.length === 1 ? alike[0] : null;
}

let pending: Card | null = null;

async function found(app: App, card: Card): Promise<void> {
  if (session) {
    leave();
    return arrive(app, session, card.number, card.name);
  }
  const p = await match(app, card);
  leave();
  if (p) {
    toast("Đã tìm thấy: " + p.name);
    return app.go("#nguoi=" + p.id);
  }
  pending = card;
  app.go("#gap");
}

// takeCard gives the card that was read last, once.
export function takeCard(): Card | null {
  const c = pending;
  pending = null;
  return c;
}
