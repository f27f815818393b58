// [data-push]: a tap asks this device for leave to show reminders, and tells the server where it wants them. Nothing is asked before the tap.
import { whenReady } from "./ready.js";
import { say } from "./say.js";

const card = () => document.querySelector("[data-push]");
const able = navigator.serviceWorker && window.PushManager && window.Notification;

navigator.clearAppBadge?.().catch(() => {}); // whoever opens the app has seen that there is something

whenReady(() => {
  if (able) card()?.removeAttribute("hidden");
});

document.addEventListener("click", ({ target }) => {
  if (target.closest?.("[data-push-on]")) change(on);
  else if (target.closest?.("[data-push-off]")) change(off);
});

async function change(how) {
  const { token, refused } = card().dataset;
  const sent = await how(token).catch(() => null);
  if (sent?.ok) location.reload();
  else say(sent?.status === 422 ? await sent.text() : refused, true);
}

const tell = (method, fields) => fetch("/push-subscriptions", { method, body: new URLSearchParams(fields) });

async function on(csrf_token) {
  if ((await Notification.requestPermission()) !== "granted") return null;
  const { pushManager } = await navigator.serviceWorker.ready;
  const wanted = { userVisibleOnly: true, applicationServerKey: card().dataset.push };
  // A subscription that was made for another key of the server is of no use: make a new one.
  const made = await pushManager.subscribe(wanted).catch(async () => {
    await (await pushManager.getSubscription())?.unsubscribe();
    return pushManager.subscribe(wanted);
  });
  const { endpoint, keys } = made.toJSON();
  return tell("POST", { csrf_token, endpoint, p256dh: keys.p256dh, auth: keys.auth });
}

async function off(csrf_token) {
  const there = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
  await there?.unsubscribe();
  return tell("DELETE", { csrf_token });
}
