// The service worker keeps the app itself on the phone, so that it opens without network. It never keeps anything of the register: what
// lies under api/ always goes to the server. The server writes the build's name in front of this file.

declare const BUILD: string;
declare const FILES: string[];

interface Worker {
  addEventListener(kind: string, listener: (e: any) => void): void; // eslint-disable-line
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  registration: { scope: string };
}

const me = self as unknown as Worker;
const cacheName = "bonphu-" + BUILD;

me.addEventListener("install", (e) => {
  e.waitUntil(caches.open(cacheName).then((c) => c.addAll(FILES.map((f) => new Request(f, { cache: "reload" })))));
});

me.addEventListener("activate", (e) => {
  e.waitUntil(caches.keys().then((names) => Promise.all(names.filter((n) => n.startsWith("bonphu-") && n !== cacheName).map((n) => caches.delete(n)))).then(() => me.clients.claim()));
});

me.addEventListener("message", (e) => {
  if (e.data === "go") void me.skipWaiting();
});

me.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url);
  const scope = new URL(me.registration.scope);
  if (e.request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname) || url.pathname.startsWith(scope.pathname + "api/")) return;
  const name = e.request.mode === "navigate" ? scope.pathname : url.pathname;
  e.respondWith(caches.open(cacheName).then((c) => c.match(name)).then((hit) => hit ?? fetch(e.request)));
});
