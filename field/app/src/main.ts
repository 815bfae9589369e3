// The phone's app begins here: it finds out whether the phone is enrolled, locked or shut, and shows the page the address names.

import { App } from "./app";
import * as base from "./base";
import { h } from "./dom";
import { enrolPage, shutPage, unlockPage } from "./enter";
import { homePage, listPage, status } from "./home";
import { foundPage, morePage, obstaclePage, outboxPage, phonePage, teamPage } from "./more";
import { pointsPage, rollPage } from "./point";
import { leave, scanPage } from "./scan";
import type { Open } from "./state";
import { correctPage, personPage } from "./visit";
import * as vault from "./vault";

const root = document.getElementById("app")!;
let shown = "";

// Pages with a form are not drawn anew under the hands of who fills them in.
const steady = ["nguoi", "quet", "gap", "vuong-mac", "sua", "may", "to"];

const app = new App(root, (keep) => draw(keep));

function draw(keep = false): void {
  const [page, value] = location.hash.slice(1).split("=", 2);
  if (!app.m) return;
  if (keep && steady.includes(page) && shown === location.hash) {
    root.querySelector(".status")?.replaceWith(status(app));
    return;
  }
  if (page !== "quet") leave();
  const same = keep || shown === location.hash;
  shown = location.hash;
  switch (page) {
    case "": return homePage(app, same);
    case "danh-sach": return listPage(app, same);
    case "nguoi": return personPage(app, value ?? "", false);
    case "sua": return correctPage(app, value ?? "");
    case "quet": return scanPage(app, value ?? "");
    case "diem": return pointsPage(app, same);
    case "buoi": return rollPage(app, value ?? "", same);
    case "gap": return foundPage(app);
    case "cho-gui": return outboxPage(app, same);
    case "vuong-mac": return obstaclePage(app);
    case "to": return teamPage(app, same);
    case "them": return morePage(app);
    case "may": return phonePage(app);
    default: return app.go("#");
  }
}

async function begin(): Promise<void> {
  const code = /^#ghi-danh=([A-Za-z0-9-]{4,20})$/.exec(location.hash)?.[1] ?? "";
  if (code) history.replaceState(null, "", "./");
  app.open = (await base.get<Open>("meta", "open")) ?? null;
  const state = await vault.state();
  if (code !== "" || state === "none" || !app.open) enrolPage(app, code.toUpperCase());
  else if (state === "shut") shutPage(app);
  else unlockPage(app);
  document.documentElement.dataset.ready = "1";
}

window.addEventListener("hashchange", () => {
  const code = /^#ghi-danh=/.test(location.hash);
  if (code) return location.reload();
  draw();
});

async function worker(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const reg = await navigator.serviceWorker.register("sw.js", { scope: "./" });
  const waiting = (): void => {
    if (reg.waiting && app.open) {
      app.open.update = true;
      draw(true);
    }
  };
  reg.addEventListener("updatefound", () => reg.installing?.addEventListener("statechange", () => { if (navigator.serviceWorker.controller) waiting(); }));
  if (navigator.serviceWorker.controller) waiting();
  let going = false;
  window.addEventListener("bonphu:update", () => { going = true; reg.waiting?.postMessage("go"); });
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (going) location.reload(); });
}

void worker().catch(() => undefined);
begin().catch(() => {
  root.replaceChildren(h("main.enter", null, h("h1", null, "Không mở được bộ nhớ của trình duyệt"), h("p", null, "Hãy tắt chế độ ẩn danh, cập nhật Chrome, rồi mở lại trang này.")));
});
