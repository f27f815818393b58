// A form on its way: kept here first, then the network; without one it waits on, and the page says so.
import { PATIENCE, patience, reach } from "./network.js";
import { dropDraft, flush, hold, keepDraft, list, release, running, runs } from "./outbox.js";
import { current, dropRow, instant } from "./store.js";

const OURS = /^\/trials\/([^/]+)\/(observations|noise|noise\/[^/]+\/(?:end|withdrawal))$/;

const MENDED = [409, 413, 422]; // what its writer can mend; all else that is not "kept" is a fault, a stale form, the end of a sign-in

/** The answer to a form that may wait; nothing for all others. */
export function post(request, url) {
  const [, trial, path] = OURS.exec(url.pathname) ?? [];
  if (trial) return take(request, url, trial, path);
}

async function take(request, url, trial, path) {
  const sent = Object.fromEntries(new URLSearchParams(await request.clone().text()));
  const mine = await current(sent.who);
  if (!mine) return fetch(request);
  const at = instant(mine.skew);
  const { csrf_token, ...fields } = sent;
  const going = await running(trial);
  if (path === `noise/${going?.id}/end`) fields.began = going.at; // for a server that never knew: another device's was running
  const all = await list();
  const old = all.find(({ fields: { id } }) => id && id === fields.replaces); // "Change it": this one takes its place
  const before = all.some((one) => one !== old && !one.wrong);
  const seen = fields.replaces; // else the form was sent before it knew of its draft
  const kept = async () => {
    await runs(mine, trial, path, fields, at);
    if (seen) await dropDraft(mine, fields.draft, at);
  };
  const n = await hold(mine, { trial, path, fields, at }).catch(() => {}); // first: the app may be closed before an answer comes
  if (n) await kept();
  let late = false; // who waited in vain may have changed or discarded it by the time that the ones before it are sent
  const sends = async () => ((before && (await flush()) > 1) || late ? null : direct(request, url, { csrf_token, ...fields, recorded_at: at }));
  const answer = await Promise.race([sends(), patience()]).catch(() => {});
  late = true;
  const refused = MENDED.includes(answer?.status);
  if (!n && !refused && !answer?.ok) return answer ?? Response.error(); // on a phone that is full
  if (refused) seen && (await current(mine.who)) && (await keepDraft(mine, fields.draft, fields));
  else if (fields.outcome || !old?.fields.outcome) await dropRow(old?.n); // not a handoff that the new form does not ask about
  if (refused || answer?.ok) {
    if (!n && !refused) await kept();
    await dropRow(n);
    return forPage(request, answer);
  }
  await release(n);
  if (answer) await flush();
  const place = `/trials/${trial}/${path === "noise" ? "today" : "outbox"}`;
  return forPage(request, new Response(null, { headers: { "HX-Location": place } }));
}

/** The request as the page sent it, with the time of the tap, so that it says the same if it has to be sent again. */
async function direct(request, url, fields) {
  const headers = { ...Object.fromEntries(request.headers), "X-Outbox": "1" };
  const answer = await reach(url, { method: "POST", headers, body: new URLSearchParams(fields) }, PATIENCE);
  await answer.clone().arrayBuffer(); // an answer that breaks off was none
  return answer;
}

const forPage = (request, answer) => {
  const place = answer.headers.get("HX-Location");
  return place && request.mode === "navigate" ? Response.redirect(place) : answer;
};
