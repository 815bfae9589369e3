// The phone's memory while it is unlocked, and its sealed copy on the disk.

import * as base from "./base";
import { fold } from "./fold";
import type { Day, Holder, Item, Person, Plan, Roll, Row, Slip, Unit, Verdict } from "./model";
import { Key, type Sealed } from "./vault";

// What stands open on the disk: nothing personal.
export interface Open {
  device: string;
  until: string; // the list ends
  name: string; // of the team, so that a holder knows whose phone it is
  seen: number; // the latest clock ever seen: a clock set back does not prolong the list
  skew: number; // milliseconds by which this clock is behind the server's
  update?: boolean;
}

// What is sealed beside the list.
export interface Account {
  token: string;
  holder: Holder;
  units: Unit[];
  cursor: string;
  plan: Plan | null;
  day: Day | null;
  rolls?: Roll[];
  rollsHash?: string;
  simulated?: boolean; // the server plays a campaign of another day: a demo
  synced: number; // instant of the last complete pull
  loading: boolean; // a full copy is under way
}

const buckets = 32;
const bucketOf = (id: string): string => String("0123456789abcdefghjkmnpqrstvwxyz".indexOf(id[12]) % buckets);

export class Memory {
  people = new Map<string, Person>();
  slips = new Map<string, Slip>();
  private rows = new Map<string, Map<string, Row>>(); // by bucket

  private constructor(readonly key: Key, public account: Account) {}

  static async begin(key: Key, account: Account): Promise<Memory> {
    const m = new Memory(key, account);
    await m.readSlips();
    await m.saveAccount();
    return m;
  }

  static async load(key: Key): Promise<Memory | null> {
    const sealed = await base.get<Sealed>("meta", "account");
    if (!sealed) return null;
    const m = new Memory(key, await key.open<Account>(sealed));
    const chunks = await base.all<Sealed>("chunk");
    await Promise.all(
      chunks.map(async ([bucket, s]) => {
        const rows = await key.open<Row[]>(s);
        m.rows.set(bucket, new Map(rows.map((r) => [r[0], r])));
        for (const r of rows) m.people.set(r[0], personOf(r));
      }),
    );
    await m.readSlips();
    return m;
  }

  private async readSlips(): Promise<void> {
    for (const [id, s] of await base.all<Sealed>("slip")) {
      try {
        this.slips.set(id, await this.key.open<Slip>(s));
      } catch {
        // sealed under a key that is gone: it is kept for the day the right one comes
      }
    }
    for (const s of this.slips.values()) if (s.item.kind === "found" && s.verdict !== "done" && s.verdict !== "same") this.people.set(s.item.id, foundPerson(s.item));
  }

  async saveAccount(): Promise<void> {
    await base.write([{ store: "meta", key: "account", value: await this.key.seal(this.account) }]);
  }

  // take brings a page of the server's list in; with it the cursor, in one transaction.
  async take(people: Row[], gone: string[], full: boolean): Promise<void> {
    const puts: base.Put[] = [];
    const touched = new Set<string>();
    if (full) {
      for (const b of this.rows.keys()) touched.add(b);
      this.rows.clear();
      for (const [id, p] of this.people) if (!p.found) this.people.delete(id);
    }
    for (const r of people) {
      const b = bucketOf(r[0]);
      let rows = this.rows.get(b);
      if (!rows) this.rows.set(b, (rows = new Map()));
      rows.set(r[0], r);
      touched.add(b);
      this.people.set(r[0], personOf(r));
    }
    for (const id of gone) {
      const b = bucketOf(id);
      this.rows.get(b)?.delete(id);
      touched.add(b);
      this.people.delete(id);
    }
    for (const b of touched) {
      const rows = this.rows.get(b);
      puts.push({ store: "chunk", key: b, value: rows && rows.size > 0 ? await this.key.seal([...rows.values()]) : undefined });
    }
    puts.push({ store: "meta", key: "account", value: await this.key.seal(this.account) });
    await base.write(puts);
  }

  // record keeps items with one stroke: when it resolves they survive anything (law O1).
  async record(items: { item: Item; label: string }[], day: string): Promise<void> {
    const puts: base.Put[] = [];
    for (const { item, label } of items) {
      const slip: Slip = { item, label, day, verdict: "waiting", code: "", text: "", seen: false };
      puts.push({ store: "slip", key: item.id, value: await this.key.seal(slip) });
      this.slips.set(item.id, slip);
      if (item.kind === "found") this.people.set(item.id, foundPerson(item));
    }
    await base.write(puts);
  }

  async update(slips: Slip[]): Promise<void> {
    const puts: base.Put[] = [];
    for (const s of slips) {
      this.slips.set(s.item.id, s);
      if (s.item.kind === "found" && (s.verdict === "done" || s.verdict === "same")) this.people.delete(s.item.id); // settled: the list has them
      puts.push({ store: "slip", key: s.item.id, value: await this.key.seal(s) });
    }
    await base.write(puts);
  }

  async drop(ids: string[]): Promise<void> {
    for (const id of ids) {
      if (this.slips.get(id)?.item.kind === "found") this.people.delete(id);
      this.slips.delete(id);
    }
    await base.write(ids.map((key) => ({ store: "slip" as const, key })));
  }

  waiting(): Slip[] {
    return [...this.slips.values()].filter((s) => s.verdict === "waiting").sort((a, b) => (a.item.id < b.item.id ? -1 : 1));
  }

  trouble(): Slip[] {
    return [...this.slips.values()].filter((s) => (s.verdict === "held" || s.verdict === "refused") && !s.seen);
  }

  slipsOf(person: string): Slip[] {
    return [...this.slips.values()].filter((s) => s.item.person === person && s.item.kind === "visit").sort((a, b) => (a.item.id > b.item.id ? -1 : 1));
  }
}

export const sent = (v: Verdict): boolean => v !== "waiting";

export function personOf(r: Row): Person {
  const ranks: [number, number][] = [];
  for (let i = 0; i + 1 < r[12].length; i += 2) ranks.push([parseInt(r[12][i], 36), parseInt(r[12][i + 1], 36)]);
  const c = r[15];
  return {
    id: r[0], name: r[1], fold: fold(r[1]), birth: r[2], gender: r[3], house: r[4], relation: r[5], address: r[6], key: r[7], tail: r[8], phone: r[9],
    unit: r[10], needs: r[11], ranks, mine: r[13], lang: r[14],
    contact: c ? { result: c[0], day: c[1], reason: c[2], ret: c[3], part: c[4], tries: c[5], orders: c[6] ? c[6].split(",") : [] } : null,
  };
}

function foundPerson(item: Item): Person {
  const qr = item.qr as { name: string; number: string; birth: string; gender: string; address: string };
  return {
    id: item.id, name: qr.name, fold: fold(qr.name), birth: qr.birth, gender: qr.gender, house: "", relation: "", address: qr.address, key: "", tail: qr.number.slice(-4),
    phone: "", unit: 0, needs: [], ranks: [], mine: 1, lang: "", contact: null, found: true,
  };
}
