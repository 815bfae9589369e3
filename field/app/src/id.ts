// Ids as internal/id makes them: 43 bits of milliseconds, then 20 random bits that count up within one millisecond, spelled in 13
// characters of Crockford's base 32. What a phone records has its id from here (law O2).

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
let last = 0n;

export function newID(): string {
  const random = crypto.getRandomValues(new Uint32Array(1))[0] & 0xfffff;
  let n = (BigInt(Date.now()) << 20n) | BigInt(random);
  if (n <= last) n = last + 1n;
  last = n;
  return spell(n);
}

export function spell(n: bigint): string {
  let s = "";
  for (let i = 0; i < 13; i++) {
    s = alphabet[Number(n & 31n)] + s;
    n >>= 5n;
  }
  return s;
}

export const isID = (s: string): boolean => /^[0-9abcdefghjkmnpqrstvwxyz]{13}$/.test(s);
