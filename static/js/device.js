// The app on this device: tells the worker who is signed in, shows what waits to be sent, and has it sent again and again.
import { ask } from "./ask.js";
import { whenReady } from "./ready.js";
import { hush, say } from "./say.js";
import { workerUrl } from "./worker-url.js";

const FIRST = 2000;
const LONGEST = 300_000; // milliseconds between two tries
const device = () => document.getElementById("device");

let wait = FIRST;
let timer;
let before = 0;

function hello() {
  if (device()) ask("hello", { who: device().dataset.who, kit: { ...document.getElementById("kit")?.dataset } });
}

function show({ waiting, signIn, done }) {
  const bar = document.getElementById("waiting");
  const words = bar?.querySelector("[data-text]");
  if (words) {
    bar.hidden = !waiting || Boolean(!signIn && document.getElementById("outbox"));
    words.textContent = (signIn ? words.dataset.signIn : words.dataset.text).replace("{n}", waiting);
    if (before && !waiting && done) say(words.dataset.done, true);
  }
  before = waiting;
  clearTimeout(timer);
  if (!waiting || signIn) return void (wait = FIRST);
  timer = setTimeout(() => ask("flush"), wait);
  wait = Math.min(2 * wait, LONGEST);
}

function start() {
  const { app, who } = device()?.dataset ?? {};
  if (app === "" && who) navigator.serviceWorker.register(workerUrl("/worker.js"));
  hello();
}

if (navigator.serviceWorker) {
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
  addEventListener("online", hello);
  document.addEventListener("visibilitychange", () => document.hidden || hello());
  document.addEventListener("htmx:after:swap", ({ detail }) => detail.ctx.target === document.body && hello());
  navigator.serviceWorker.addEventListener("controllerchange", hello);
  navigator.serviceWorker.addEventListener("message", ({ data }) => show(data));
}

// Signing out: what waits is sent first if it can be; else the person is asked. Who closes the app meanwhile has left nevertheless.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-left]");
  if (!form || !navigator.serviceWorker?.controller) return;
  event.preventDefault();
  form.ariaBusy = true;
  const soon = setTimeout(say, 1000, form.dataset.first, true);
  const left = await ask("leave");
  clearTimeout(soon);
  if (!left || confirm(form.dataset.left.replace("{n}", left))) return form.submit();
  ask("stay");
  form.ariaBusy = null;
  hush();
});

// The card that offers to keep the app on the home screen: where the browser can do it, and with the steps where a person has to.
let prompt;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
  invite(document);
});
function invite(root) {
  const card = root.querySelector("[data-install]");
  if (!card || matchMedia("(display-mode: standalone)").matches || localStorage.getItem("install")) return;
  const ios = navigator.standalone === false;
  card.hidden = !prompt && !ios;
  card.querySelector("[data-install-now]").hidden = !prompt;
  card.querySelector("[data-install-ios]").hidden = Boolean(prompt);
}
whenReady(invite);
document.addEventListener("click", async ({ target }) => {
  if (!target.closest?.("[data-install] button")) return;
  const card = target.closest("[data-install]");
  if (target.closest("[data-install-now]")) await prompt?.prompt();
  else localStorage.setItem("install", "no");
  card.hidden = true;
});
