// What is on the phone is sealed (law O3). One random data key seals everything; it is kept three times over: sealed by the PIN (stretched,
// and mixed with a key of this browser that cannot be exported), sealed by the server's escrow key for this phone, never plainly.
// A PIN that was wrong ten times destroys the first copy and the list; what was recorded stays, sealed, and opens again when the phone is
// enrolled anew (law O1), because only the server knows the escrow key.

import * as base from "./base";

export const maxWrong = 10;
const rounds = 250_000;

export interface Sealed { iv: Uint8Array; data: ArrayBuffer }

interface Lock {
  salt: Uint8Array;
  rounds: number;
  own: CryptoKey; // HMAC, not extractable: the sealed copy is useless on another machine
  byPIN: Sealed | null; // null after ten wrong PINs
  byEscrow: Sealed;
  wrong: number;
}

const text = new TextEncoder();

function random(n: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(n));
}

async function aes(raw: BufferSource): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function sealBytes(key: CryptoKey, plain: BufferSource): Promise<Sealed> {
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

const openBytes = (key: CryptoKey, s: Sealed): Promise<ArrayBuffer> => crypto.subtle.decrypt({ name: "AES-GCM", iv: s.iv }, key, s.data);

async function byPIN(pin: string, salt: Uint8Array, n: number, own: CryptoKey): Promise<CryptoKey> {
  const word = await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: n }, word, 256);
  return aes(await crypto.subtle.sign("HMAC", own, bits));
}

const fromBase64 = (s: string): Uint8Array => Uint8Array.from(atob(s), (c) => c.charCodeAt(0));

// Key seals and opens; it lives in memory only, while the phone is unlocked.
export class Key {
  constructor(private readonly key: CryptoKey) {}

  async seal(value: unknown): Promise<Sealed> {
    return sealBytes(this.key, text.encode(JSON.stringify(value)));
  }

  async open<T>(s: Sealed): Promise<T> {
    return JSON.parse(new TextDecoder().decode(await openBytes(this.key, s))) as T;
  }
}

// make gives the phone its lock at enrolment. oldEscrow opens the data key of the enrolment before, so that what waits from then is kept.
export async function make(pin: string, escrow: string, oldEscrow: string): Promise<Key> {
  const was = await base.get<Lock>("meta", "lock");
  let raw: ArrayBuffer | Uint8Array = random(32);
  if (was && oldEscrow) {
    try {
      raw = await openBytes(await aes(fromBase64(oldEscrow)), was.byEscrow);
    } catch {
      // sealed for another phone: it stays closed, and a fresh key begins
    }
  }
  const salt = random(16);
  const own = (await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"])) as CryptoKey;
  const lock: Lock = {
    salt,
    rounds,
    own,
    byPIN: await sealBytes(await byPIN(pin, salt, rounds, own), raw),
    byEscrow: await sealBytes(await aes(fromBase64(escrow)), raw),
    wrong: 0,
  };
  await base.write([{ store: "meta", key: "lock", value: lock }]);
  return new Key(await aes(raw));
}

export type Opening = { key: Key } | { wrong: number } | { shut: true };

// unlock tries a PIN. The attempt is counted on the disk before it is made.
export async function unlock(pin: string): Promise<Opening> {
  const lock = await base.get<Lock>("meta", "lock");
  if (!lock || !lock.byPIN) return { shut: true };
  await base.write([{ store: "meta", key: "lock", value: { ...lock, wrong: lock.wrong + 1 } }]);
  try {
    const raw = await openBytes(await byPIN(pin, lock.salt, lock.rounds, lock.own), lock.byPIN);
    await base.write([{ store: "meta", key: "lock", value: { ...lock, wrong: 0 } }]);
    return { key: new Key(await aes(raw)) };
  } catch {
    if (lock.wrong + 1 < maxWrong) return { wrong: lock.wrong + 1 };
    await base.clear("chunk");
    await base.write([{ store: "meta", key: "lock", value: { ...lock, byPIN: null, wrong: lock.wrong + 1 } }]);
    return { shut: true };
  }
}

// change gives the phone another PIN; the old one is asked for.
export async function change(pin: string, next: string): Promise<Opening> {
  const o = await unlock(pin);
  const lock = await base.get<Lock>("meta", "lock");
  if (!("key" in o) || !lock || !lock.byPIN) return o;
  const raw = await openBytes(await byPIN(pin, lock.salt, lock.rounds, lock.own), lock.byPIN);
  const salt = random(16);
  const sealed = await sealBytes(await byPIN(next, salt, lock.rounds, lock.own), raw);
  await base.write([{ store: "meta", key: "lock", value: { ...lock, salt, byPIN: sealed, wrong: 0 } }]);
  return o;
}

export async function state(): Promise<"none" | "locked" | "shut"> {
  const lock = await base.get<Lock>("meta", "lock");
  return !lock ? "none" : lock.byPIN ? "locked" : "shut";
}

// numberKey is how the list names a citizen number without holding it: six bytes of an HMAC under the phone's own secret.
export async function numberKey(token: string, number: string): Promise<string> {
  const secret = await crypto.subtle.digest("SHA-256", text.encode("number:" + token));
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const sum = new Uint8Array(await crypto.subtle.sign("HMAC", key, text.encode(number)));
  return btoa(String.fromCharCode(...sum.slice(0, 6)));
}
