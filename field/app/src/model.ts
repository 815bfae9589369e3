// What the phone holds and says, in the words of field/wire.go.

export interface State { id: string; title: string }
export interface Coverage { id: string; title: string; short: string; goal: number; states: State[] }
export interface Segment { id: string; title: string; work: string; after?: { segment: string; why: string }[] }
export interface Reason { id: string; result: string; title: string }
export interface Language { id: string; title: string }
export interface Plan {
  hash: string;
  coverages: Coverage[];
  segments: Segment[];
  reasons: Reason[];
  languages: Language[];
  categories?: { id: string; title: string }[];
  photo: string;
  evening: string;
  from: string;
  until: string;
}

export interface Unit { id: string; title: string }
export interface Holder { name: string; team: string; teamName: string; member: string; leads: boolean }
export interface Target { id: string; coverage: string; title: string; quota: number; done: number }
export interface MemberDay { id: string; name: string; quota: number; visits: number; sent: string | boolean; device?: boolean; waiting?: number }
export interface Day { day: string; targets: Target[]; visits: number; members?: MemberDay[] }

// [result, day, reason, return, part, tries, orders]
export type ContactRow = [string, string, string, string, string, number, string];
export type Row = [string, string, string, string, string, string, string, string, string, string, number, number[], string, number, string, ContactRow | 0];

export interface Contact { result: string; day: string; reason: string; ret: string; part: string; tries: number; orders: string[] }

export interface Person {
  id: string;
  name: string;
  fold: string;
  birth: string;
  gender: string;
  house: string;
  relation: string;
  address: string;
  key: string; // of the citizen number
  tail: string;
  phone: string; // masked
  unit: number;
  needs: number[];
  ranks: [number, number][]; // confirmed, claimed, per coverage
  mine: number;
  lang: string;
  contact: Contact | null;
  found?: boolean; // met in the field, not in the list
}

// Roll is one session of today at a collection point: who is invited, [person, name, birth, code, came, key of the number].
export interface Roll { id: string; title: string; hours: string; quota: number; came: number; rows: [string, string, string, string, number, string][] }

export interface Claim { id: string; coverage: string; state: string }

// Item is what was recorded here and goes to the server.
export interface Item {
  id: string;
  kind: "visit" | "found" | "photo" | "correct" | "obstacle" | "undo" | "checkin";
  at: string;
  person?: string;
  [field: string]: unknown;
}

export type Verdict = "waiting" | "done" | "same" | "held" | "refused";

// Slip is an item with what became of it (law O1). label is what the phone shows of it.
export interface Slip {
  item: Item;
  label: string;
  day: string; // campaign day on which it was recorded, by the server's clock
  verdict: Verdict;
  code: string;
  text: string;
  seen: boolean; // a held or refused one was read
}

export const resultTitles: Record<string, string> = {
  done: "Đã làm xong",
  promised: "Hẹn quay lại",
  away: "Đi vắng",
  refused: "Từ chối",
  not_found: "Không tìm thấy",
  moved: "Đã chuyển đi",
  needs: "Còn thiếu điều kiện",
  helper: "Cần người giúp",
};

export const partTitles: Record<string, string> = { morning: "sáng", afternoon: "chiều", evening: "tối" };
