// The QR of the chip card: number|old number or empty|full name|ddmmyyyy|Nam or Nữ|residence|ddmmyyyy issued, and whatever cards since
// 01/7/2024 append. Six fields are needed; more are taken.

export interface Card {
  number: string;
  old: string;
  name: string;
  birth: string; // 2006-01-02
  gender: string; // "m", "f", ""
  address: string;
  issued: string; // 2006-01-02 or ""
}

function day(s: string): string {
  const m = /^(\d{2})(\d{2})(\d{4})$/.exec(s.trim());
  if (!m) return "";
  const d = `${m[3]}-${m[2]}-${m[1]}`;
  const t = new Date(d + "T00:00:00Z");
  return isNaN(t.getTime()) || t.toISOString().slice(0, 10) !== d ? "" : d;
}

// readCard gives the card, or null for any other QR.
export function readCard(text: string): Card | null {
  if (text.length > 1000) return null;
  const f = text.normalize("NFC").split("|").map((x) => x.trim());
  if (f.length < 6 || !/^\d{12}$/.test(f[0]) || f[2] === "") return null;
  const gender = f[4].toLowerCase();
  return {
    number: f[0],
    old: /^\d{9}$/.test(f[1]) ? f[1] : "",
    name: f[2].replace(/\s+/g, " "),
    birth: day(f[3]),
    gender: gender === "nam" ? "m" : gender === "nữ" ? "f" : "",
    address: f[5],
    issued: f.length > 6 ? day(f[6]) : "",
  };
}
