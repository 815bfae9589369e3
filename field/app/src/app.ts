// App is the running phone: what is open, where the reader is, and the rhythm of sync.

import * as base from "./base";
import { toast } from "./dom";
import { dayOf, int } from "./fold";
import type { Memory, Open } from "./state";
import * as sync from "./sync";

const every = 60_000; // between syncs while somebody looks
const idle = 10 * 60_000; // after so long without a touch the phone locks itself

export class App {
  m: Memory | null = null;
  open: Open | null = null;
  online = navigator.onLine;
  busy = false;
  note = ""; // what sync says now, "" when all is well
  out = false; // the server shut this phone out
  touched = Date.now();
  private again = false;

  constructor(readonly root: HTMLElement, readonly draw: (keep?: boolean) => void) {
    window.addEventListener("online", () => { this.online = true; void this.sync(); this.draw(true); });
    window.addEventListener("offline", () => { this.online = false; this.draw(true); });
    window.setInterval(() => {
      if (this.m && Date.now() - this.touched > idle) this.lock();
      else if (this.m && document.visibilityState === "visible") void this.sync();
    }, every);
    for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, () => { this.touched = Date.now(); }, { passive: true });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "visible" || !this.m) return;
      if (Date.now() - this.touched > idle) this.lock();
      else void this.sync();
    });
  }

  lock(): void {
    this.m = null;
    location.hash = "#";
    this.draw();
  }

  go(hash: string): void {
    if (location.hash === hash) this.draw();
    else location.hash = hash;
  }

  back(): void {
    if (history.length > 1) history.back();
    else this.go("#");
  }

  // sync sends what waits, then brings what changed. One at a time; asked for meanwhile, it runs once more.
  async sync(loud = false): Promise<void> {
    const m = this.m;
    if (!m || !this.open || this.out) return;
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    this.note = "Đang đồng bộ…";
    this.draw(true);
    try {
      const n = await sync.push(m, (p) => { this.note = `Đã gửi ${int(p.sent)} phiếu…`; this.draw(true); });
      const kept = await sync.pull(m, (p) => { this.note = `Đang tải danh sách: ${int(p.got)} người…`; this.draw(true); });
      await this.keep(kept);
      this.online = true;
      this.note = "";
      if (n > 0) {
        const bad = m.trouble().length;
        toast(bad > 0 ? `Đã gửi ${int(n)} phiếu; ${int(bad)} phiếu cần xem lại.` : `Máy chủ đã nhận ${int(n)} phiếu.`, bad > 0 ? "warn" : "good");
      } else if (loud) toast("Danh sách đã mới nhất.");
      if (Math.abs(kept.skew) > 600_000 && !m.account.simulated) this.note = "Đồng hồ của máy lệch " + spellMinutes(kept.skew / 60_000) + ". Hãy bật “Ngày giờ tự động” trong cài đặt.";
    } catch (e) {
      if (e instanceof sync.Trouble) {
        this.note = e.message;
        if (e.status === 401) this.out = true;
        if (loud) toast(e.message, "bad");
      } else {
        this.online = false;
        this.note = "";
        if (loud) toast("Chưa có mạng. Phiếu vẫn được giữ trên máy và sẽ tự gửi khi có mạng.", "warn");
        if (!(e instanceof sync.Offline)) console.error("sync", e instanceof Error ? e.name : "");
      }
    } finally {
      this.busy = false;
      this.draw(true);
      if (this.again) {
        this.again = false;
        void this.sync();
      }
    }
  }

  // keep writes what stands open on the disk, with the latest clock ever seen.
  async keep(change: Partial<Open> = {}): Promise<void> {
    if (!this.open) return;
    this.open = { ...this.open, ...change, seen: Math.max(this.open.seen, Date.now()) };
    await base.write([{ store: "meta", key: "open", value: this.open }]);
  }

  // expired tells whether the list may no longer be shown; a clock that was set back does not help.
  expired(): boolean {
    return !!this.open && this.now() > Date.parse(this.open.until);
  }

  // now is the server's instant as this phone knows it: its own clock, put right by what the server last said.
  now(): number {
    return Math.max(Date.now(), this.open?.seen ?? 0) + (this.open?.skew ?? 0);
  }

  today(): string {
    return dayOf(this.now());
  }
}

export function spellMinutes(n: number): string {
  const a = Math.round(Math.abs(n));
  if (a >= 2880) return `${Math.round(a / 1440)} ngày`;
  if (a >= 120) return `${Math.round(a / 60)} giờ`;
  return `${a} phút`;
}
