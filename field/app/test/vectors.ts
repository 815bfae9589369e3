// What the phone decides by itself, for the cases of field/vectors: e2e runs them in a real browser.

import { readCard } from "../src/card";
import { fold } from "../src/fold";
import { find } from "../src/home";
import { isID, newID } from "../src/id";
import type { Person } from "../src/model";
import { order, partAt, stepsFor } from "../src/rules";

const rules = {
  order: (c: { contact: { result: string; day: string; return: string; part: string; tries: number }; day: string; part: string }) => order(c.contact, c.day, c.part),
  steps: (c: { segments: { id: string; title: string; work: string; after: { segment: string; why: string }[] }[]; needs: string[] }) => stepsFor(c.segments, c.needs),
  card: (c: { text: string }) => readCard(c.text),
  fold: (c: { text: string }) => fold(c.text),
  part: (c: { hour: string; evening: string }) => partAt(c.hour, c.evening),
  ids: () => {
    const list = Array.from({ length: 2000 }, newID);
    return list.every(isID) && new Set(list).size === list.length && list.every((x, i) => i === 0 || list[i - 1] < x);
  },
  // Milliseconds to find by a part of a name among n people, the slowest of twenty.
  search: (n: number) => {
    const names = ["Nguyễn Thị Hương", "Điểu Văn Minh", "Trần Quốc Bảo", "Thị Kim Lan", "Lê Hoàng Phúc", "Phạm Ngọc Ánh"];
    const people = Array.from({ length: n }, (_, i) => ({ id: String(i), name: names[i % 6] + " " + i, fold: fold(names[i % 6] + " " + i), tail: String(i).padStart(4, "0") }) as Person);
    let worst = 0;
    let found = 0;
    for (let i = 0; i < 20; i++) {
      const from = performance.now();
      found = find(people, ["ki l", "minh 7", "hương", "0042"][i % 4]).length;
      worst = Math.max(worst, performance.now() - from);
    }
    return { worst, found };
  },
};

(window as unknown as { rules: typeof rules }).rules = rules;
