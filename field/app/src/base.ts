// IndexedDB as promises. Stores: meta (key → value), chunk (sealed parts of the list), slip (sealed items with their verdicts).

export type Name = "meta" | "chunk" | "slip";

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const r = indexedDB.open("bonphu", 1);
    r.onupgradeneeded = () => {
      for (const name of ["meta", "chunk", "slip"]) r.result.createObjectStore(name);
    };
    r.onsuccess = () => {
      r.result.onversionchange = () => {
        r.result.close();
        opened = null;
      };
      resolve(r.result);
    };
    r.onerror = () => {
      opened = null;
      reject(r.error);
    };
  });
  return opened;
}

function done(t: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    t.oncomplete = () => resolve();
    t.onerror = () => reject(t.error);
    t.onabort = () => reject(t.error ?? new Error("aborted"));
  });
}

function result<T>(r: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    r.onsuccess = () => resolve(r.result);
    r.onerror = () => reject(r.error);
  });
}

export async function get<T>(name: Name, key: string): Promise<T | undefined> {
  return result((await open()).transaction(name).objectStore(name).get(key)) as Promise<T | undefined>;
}

export async function all<T>(name: Name): Promise<[string, T][]> {
  const store = (await open()).transaction(name).objectStore(name);
  const [keys, values] = await Promise.all([result(store.getAllKeys()), result(store.getAll())]);
  return keys.map((k, i) => [String(k), values[i] as T]);
}

export interface Put { store: Name; key: string; value?: unknown } // without a value: delete

// write puts and deletes in one transaction; when it resolves, all of it is on the disk.
export async function write(puts: Put[]): Promise<void> {
  if (puts.length === 0) return;
  const db = await open();
  const names = [...new Set(puts.map((p) => p.store))];
  let t: IDBTransaction;
  try {
    t = db.transaction(names, "readwrite", { durability: "strict" });
  } catch {
    t = db.transaction(names, "readwrite");
  }
  for (const p of puts) {
    if (p.value === undefined) t.objectStore(p.store).delete(p.key);
    else t.objectStore(p.store).put(p.value, p.key);
  }
  await done(t);
}

export async function clear(...names: Name[]): Promise<void> {
  const t = (await open()).transaction(names, "readwrite");
  for (const n of names) t.objectStore(n).clear();
  await done(t);
}
