// Whom to visit first and what must come first: the rules of ops/canvass, held to the same cases (field/vectors).

import { fold, hourOf, viDay } from "./fold";
import { partTitles, resultTitles, type Contact, type Person, type Plan, type Segment, type Slip } from "./model";

export interface Step { segment: string; text: string; blocked: string }

export interface Ranked {
  person: Person;
  class: number;
  why: string;
  steps: Step[];
  open: boolean; // a visit now is sensible
}

// part of the day at an hour "14:05"; evening is the plan's hour from which those in the fields are at home.
export function partAt(hour: string, evening: string): string {
  return hour >= evening ? "evening" : hour < "12:00" ? "morning" : "afternoon";
}

export const partOf = (t: number, evening: string): string => partAt(hourOf(t), evening);

// stepsFor tells what is to be done and what comes first: what nothing blocks in the plan's order, then what is blocked.
export function stepsFor(segments: Segment[], needs: string[]): Step[] {
  const has = new Set(needs);
  const free: Step[] = [];
  const blocked: Step[] = [];
  for (const s of segments) {
    if (!has.has(s.id)) continue;
    const first = (s.after ?? []).find((f) => has.has(f.segment));
    if (first) blocked.push({ segment: s.id, text: s.work + ": " + first.why, blocked: first.segment });
    else free.push({ segment: s.id, text: s.work, blocked: "" });
  }
  return [...free, ...blocked];
}

export const stepsOf = (plan: Plan, p: Person): Step[] => stepsFor(plan.segments, p.needs.map((i) => plan.segments[i]?.id ?? ""));

const partTitle = (p: string): string => (p ? "buổi " + partTitles[p] : "");
const times = (n: number): string => Math.max(1, n) + " lần";

// order says where somebody stands on today's list and why. Classes as in ops/canvass: 0 promised now, 1 promise missed, 2 evening, 3 back,
// 4 never visited, 5 again, 6 refused, 7 at home at another hour, 8 later, 9 stuck.
export function order(c: { result: string; day: string; return: string; part: string; tries: number } | null, day: string, part: string): { class: number; why: string; open: boolean } {
  const is = (cls: number, why: string, open: boolean): { class: number; why: string; open: boolean } => ({ class: cls, why: why.trim(), open });
  if (!c || c.result === "") return is(4, "Chưa đến lần nào", true);
  if (c.result === "moved" || c.result === "not_found") return is(9, resultTitles[c.result], false);
  if (c.result === "refused" && c.tries >= 3) return is(9, "Từ chối nhiều lần", false);
  if (c.result === "promised" && c.return !== "") {
    if (c.return < day) return is(1, "Quá hẹn " + viDay(c.return), true);
    if (c.return === day) return c.part === "" || c.part === part ? is(0, "Hẹn hôm nay " + partTitle(c.part), true) : is(8, "Hẹn hôm nay " + partTitle(c.part), false);
    return is(8, "Hẹn " + viDay(c.return) + " " + partTitle(c.part), false);
  }
  if (c.result === "away" && c.return !== "" && c.return >= day) return is(8, "Vắng đến " + viDay(c.return), false);
  if (c.day === day) return is(8, "Đã đến hôm nay", false);
  if (c.part === "evening" && part === "evening") return is(2, "Ở nhà buổi tối", true);
  if (c.part !== "" && c.part !== part) return is(7, "Ở nhà " + partTitle(c.part), true);
  if (c.result === "away") return is(3, "Đã hết hạn vắng", true);
  if (c.result === "refused") return is(6, "Đã từ chối " + times(c.tries), true);
  return is(5, (resultTitles[c.result] ?? c.result) + ", đã đến " + times(c.tries), true);
}

// contactOf is the last contact as this phone knows it: the server's, or a slip recorded since.
function contactOf(c: Contact | null, s: Slip | undefined): { result: string; day: string; return: string; part: string; tries: number } | null {
  if (s && s.verdict !== "refused") {
    if (!c || s.day >= c.day) return { result: String(s.item.result), day: s.day, return: String(s.item.return ?? ""), part: String(s.item.part ?? "") || (c?.part ?? ""), tries: (c?.tries ?? 0) + (s.verdict === "waiting" ? 1 : 0) };
  }
  return c ? { result: c.result, day: c.day, return: c.ret, part: c.part, tries: c.tries } : null;
}

// rankToday orders people: likeliest to succeed now first, then who needs more, then by household and name.
export function rankToday(plan: Plan | null, people: Person[], day: string, part: string, last: (p: Person) => Slip | undefined): Ranked[] {
  if (!plan) return [];
  const key = new Map<string, string>();
  const list = people.map((p): Ranked => {
    key.set(p.id, (p.house === "" ? p.fold : fold(p.house)) + "|" + p.fold + "|" + p.id);
    const o = order(contactOf(p.contact, last(p)), day, part);
    return { person: p, class: o.class, why: o.why, open: o.open, steps: stepsOf(plan, p) };
  });
  return list.sort((a, b) => a.class - b.class || b.person.needs.length - a.person.needs.length || (key.get(a.person.id)! < key.get(b.person.id)! ? -1 : 1));
}
