// Vietnamese text without marks and case, as internal/vn folds it: the phone finds "điểu thị hương" by "dieu thi huong".

export function fold(s: string): string {
  return s
    .normalize("NFD")
    .replace(/\p{Mn}|[\u200b\ufeff\u00ad]/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

// Day as officials write it: 08/4/2024, days under 10 and months 1 and 2 with a 0.
export function viDay(day: string): string {
  const m = /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  if (!m) return day;
  return `${m[3]}/${Number(m[2]) <= 2 ? m[2] : Number(m[2])}/${m[1]}`;
}

// Birth as the register knows it: whole, month and year, or year alone.
export function viBirth(b: string): string {
  if (b.length === 10) return `${b.slice(8)}/${b.slice(5, 7)}/${b.slice(0, 4)}`;
  if (b.length === 7) return `${b.slice(5)}/${b.slice(0, 4)}`;
  return b;
}

// Campaign day (UTC+7) of an instant.
export function dayOf(t: number): string {
  return new Date(t + 7 * 3600_000).toISOString().slice(0, 10);
}

export function addDays(day: string, n: number): string {
  return new Date(Date.parse(day + "T00:00:00Z") + n * 86400_000).toISOString().slice(0, 10);
}

// Hour of an instant, campaign time: "14:05".
export function hourOf(t: number): string {
  return new Date(t + 7 * 3600_000).toISOString().slice(11, 16);
}

export const int = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ".");
