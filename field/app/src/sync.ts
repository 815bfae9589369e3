// Sync speaks the protocol of field/: what was recorded goes first, then what changed comes. Both may stop at any byte and go on later:
// a push is the same when it is made twice (law O2), a pull goes on from its cursor.

import type { Memory } from "./state";
import type { Day, Item, MemberDay, Plan, Roll, Row, Slip, Target, Verdict } from "./model";

export const version = 1;

// Trouble is an answer of the server that a person may read.
export class Trouble extends Error {
  constructor(readonly code: string, text: string, readonly status: number) {
    super(text);
  }
}

// Offline is no answer at all.
export class Offline extends Error {}

async function call<T>(path: string, token: string, body?: unknown, patience = 30_000): Promise<T> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  let r: Response;
  let answer: unknown;
  try {
    r = await fetch("/field/api/" + path, {
      method: body === undefined ? "GET" : "POST",
      headers: { ...(token ? { Authorization: "Bearer " + token } : {}), ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: stop.signal,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
    });
    answer = await r.json();
  } catch {
    throw new Offline();
  } finally {
    clearTimeout(timer);
  }
  if (!r.ok) {
    const e = (answer as { error?: { code?: string; text?: string } }).error;
    throw new Trouble(e?.code ?? "http", e?.text ?? "Máy chủ không nhận yêu cầu này.", r.status);
  }
  return answer as T;
}

export interface Enrolled {
  device: string;
  token: string;
  escrow: string;
  oldEscrow?: string;
  until: string;
  now: string;
  holder: { name: string; team: string; teamName: string; member: string; leads: boolean };
  units: { id: string; title: string }[];
}

export const enrol = (code: string, old: string): Promise<Enrolled> =>
  call<Enrolled>("enrol", "", { v: version, code, name: machine(), ...(old ? { old } : {}) });

function machine(): string {
  const ua = navigator.userAgent;
  const os = /Android [\d.]+/.exec(ua)?.[0] ?? (/iPhone|iPad/.test(ua) ? "iOS" : "Máy tính");
  return os + " · " + (/Chrome\/\d+/.exec(ua)?.[0] ?? "trình duyệt");
}

interface Pulled {
  now: string;
  until: string;
  cursor: string;
  more: boolean;
  full: boolean;
  people: Row[];
  gone: string[];
  plan?: Plan;
  planHash: string;
  day: Day;
  settled?: { id: string; verdict: Verdict; code: string; text: string }[];
  simulated?: boolean;
  rolls?: Roll[];
  rollsHash?: string;
}

interface Pushed {
  now: string;
  skew: number;
  verdicts: { id: string; verdict: Verdict; code: string; text: string }[];
}

export interface Progress { got: number; sent: number }

// pull brings the list up to date. It gives until when the list may be kept.
export async function pull(m: Memory, tell: (p: Progress) => void): Promise<{ until: string; skew: number }> {
  const a = m.account;
  let got = 0;
  for (;;) {
    const hash = a.plan ? "&plan=" + encodeURIComponent(a.plan.hash) : "";
    const held = [...m.slips.values()].filter((x) => x.verdict === "held").slice(-40).map((x) => x.item.id).join(",");
    const page = await call<Pulled>(`pull?v=${version}&since=${encodeURIComponent(a.cursor)}${hash}${held ? "&held=" + held : ""}${a.rollsHash ? "&rolls=" + a.rollsHash : ""}`, a.token);
    if (page.plan) a.plan = page.plan;
    a.day = page.day ?? a.day;
    a.simulated = page.simulated === true;
    if (page.rolls) a.rolls = page.rolls;
    if (page.rollsHash) a.rollsHash = page.rollsHash;
    a.cursor = page.cursor;
    a.loading = page.more;
    if (!page.more) a.synced = Date.parse(page.now);
    await m.take(page.people, page.gone ?? [], page.full);
    const decided = (page.settled ?? []).flatMap((v) => { const was = m.slips.get(v.id); return was ? [{ ...was, verdict: v.verdict, code: v.code, text: v.text, seen: false }] : []; });
    if (decided.length > 0) await m.update(decided); // what a person made of held slips (law O1)
    got += page.people.length;
    tell({ got, sent: 0 });
    if (!page.more) return { until: page.until, skew: Date.parse(page.now) - Date.now() };
  }
}

const most = 20; // items a push
const bytes = 1_200_000;

function batchOf(waiting: Slip[]): Slip[] {
  const out: Slip[] = [];
  let size = 0;
  for (const s of waiting) {
    const n = typeof s.item.jpeg === "string" ? s.item.jpeg.length + 400 : 400;
    if (out.length > 0 && (out.length === most || size + n > bytes)) break;
    out.push(s);
    size += n;
  }
  return out;
}

// push sends what waits. Whatever has no verdict yet stays (law O1).
export async function push(m: Memory, tell: (p: Progress) => void): Promise<number> {
  let n = 0;
  for (;;) {
    const batch = batchOf(m.waiting());
    if (batch.length === 0) return n;
    const answer = await call<Pushed>("push", m.account.token, { v: version, sent: new Date().toISOString(), items: batch.map((s): Item => s.item) }, 60_000);
    const by = new Map(answer.verdicts.map((v) => [v.id, v]));
    const settled: Slip[] = [];
    for (const s of batch) {
      const v = by.get(s.item.id);
      if (!v) continue;
      const { jpeg: _, ...light } = s.item; // a photo that arrived need not be carried any longer
      settled.push({ ...s, item: light as Item, verdict: v.verdict, code: v.code, text: v.text });
    }
    if (settled.length === 0) throw new Trouble("field.no_verdict", "Máy chủ chưa trả lời về các phiếu đã gửi. Máy sẽ gửi lại.", 200);
    await m.update(settled);
    n += settled.length;
    tell({ got: 0, sent: n });
  }
}

export interface TeamView { members: MemberDay[]; targets: Target[]; text: string }

export const team = (token: string): Promise<TeamView> => call<TeamView>("team", token);
