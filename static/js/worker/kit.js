// Pages for when there is no network: the app's own files, and the forms of the days around today, put together from the kit.
import { reach } from "./network.js";
import { list, running, runs } from "./outbox.js";
import { current, get, put, seal, unseal } from "./store.js";

export const FILES = ASSETS.join();
const OFFLINE = "/offline";
const now = (old) => ASSETS.find((file) => file.replace(HASH, "") === old.replace(HASH, "")) ?? old;
const HASH = /-\w+(?=\.\w+$)/;

/** The app's own files and the page that is nobody's. */
export async function install() {
  const cache = await caches.open(FILES);
  await cache.addAll([OFFLINE, ...ASSETS].map((url) => new Request(url, { credentials: "omit" })));
}

// What is kept was asked for by the worker itself, with other headers than a page's: its Vary says nothing here.
export const file = async (request) => (await caches.match(request, { ignoreVary: true })) ?? fetch(request);

/**
 * Fetches the kit of a trial, unless the one that is here is made of the same. `noise` is the one that runs, since `at`, as the server
 * knows; without one, `at` is when it said so: another page may have begun one since.
 */
export async function renew(mine, { url, stamp, noise, at }) {
  const trial = url.split("/")[2];
  await put("kit", trial); // the one that the start page leads to
  const newer = !noise && (await running(trial))?.at > at;
  if (!newer && !(await list()).some(({ path }) => path[0] === "n")) await runs(mine, trial, noise ? "noise" : "noise/", { id: noise }, at);
  const held = await get(`kit:${trial}`);
  if (held?.stamp === stamp) return;
  const response = await reach(url).catch(() => {});
  if (!response?.ok || !(await current(mine.who))) return; // somebody left meanwhile
  const headers = Object.fromEntries(response.headers);
  await put(`kit:${trial}`, { stamp, ...(await seal(mine, { ...(await response.json()), headers })) });
  if (!(await caches.has(FILES))) await install();
}

/** What this device itself has at an address, if it has anything there. */
export async function own({ pathname, search, searchParams }) {
  const latest = await get("kit");
  if (["/", "/today", "/noise-now"].includes(pathname) && latest) return Response.redirect(`/trials/${latest}/today`);
  const [, trial, path] = /^\/trials\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
  return made(trial, path, search, { address: pathname + search, entry: searchParams.get("entry") ?? "" });
}

/** The answer to an address while there is no network. */
export const page = async (url, otherwise) => (await own(url)) ?? (await caches.match(OFFLINE, { ignoreVary: true })) ?? otherwise ?? Response.error();

async function made(trial, path, search, more) {
  const mine = await current();
  const kit = await unseal(mine, await get(`kit:${trial}`)); // none without a key
  if (!kit) return;
  const local = new Intl.DateTimeFormat("sv", { timeZone: kit.zone, dateStyle: "short", timeStyle: "short" });
  const at = Date.now() + mine.skew; // the day that it is by the server's clock
  const [today, time] = local.format(at).split(" ");
  const going = await running(trial);
  const day = path.startsWith("days/") ? path.slice(5) : path === "today" ? today : "";
  const ofDay = day === today ? kit[going ? "running" : "today"][day] : kit.days[day];
  const content = kit.pages[path + search] ?? ofDay ?? kit.pages[path]; // first: the form of a handoff alone
  if (!content || day > today) return;
  const since = going && new Date(going.at);
  const values = {
    ...more, today, time,
    running: going?.id,
    seconds: since && Math.round((at - since) / 1000),
    since: since && local.format(since).split(" ")[1],
  };
  const html = kit.frame.replace("~content~", () => content).replace("~questions~", () => kit.questions);
  const whole = html
    .replace(/~(\w+)~/g, (all, name) => (name === "id" ? crypto.randomUUID() : (values[name] ?? all)))
    .replace(/\/static\/[\w.-]+/g, now);
  return new Response(whole, { headers: { ...kit.headers, "content-type": "text/html; charset=utf-8" } });
}
