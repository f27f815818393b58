// A form on its way: the network first; without one it waits here, and the page says so.
import { add, dropDraft, flush, list, running, runs } from "./outbox.js";
import { current, dropRow, instant } from "./store.js";

const OURS = /^\/trials\/([^/]+)\/(observations|noise|noise\/[^/]+\/(?:end|withdrawal))$/;

/** The trial and the address below it, where a form is one of those that may wait. */
export const entry = ({ method }, { pathname }) => (method === "POST" ? OURS.exec(pathname)?.slice(1) : undefined);

export async function post(request, url, [trial, path]) {
  const fields = Object.fromEntries(new URLSearchParams(await request.clone().text()));
  const mine = await current(fields.who);
  if (!mine) return fetch(request);
  fields.recorded_at ||= instant(mine.skew);
  const going = await running(trial);
  if (path === `noise/${going?.id}/end`) fields.began = going.at; // for a server that never knew: another device's was running
  const at = fields.recorded_at;
  const all = await list();
  const old = fields.replaces && all.find((one) => one.fields.id === fields.replaces); // "Change it": this one takes its place
  const before = all.some((one) => one !== old && !one.wrong);
  const settled = async () => {
    await runs(mine, trial, path, fields, at);
    if (old && (fields.outcome || !old.fields.outcome)) await dropRow(old.n); // a handoff that the new form does not ask about
    await dropDraft(mine, fields.draft, at);
  };
  const answer = before && (await flush()) ? null : await direct(request, url, fields);
  if (answer && !later(answer)) {
    if (answer.ok) await settled();
    return forPage(request, answer);
  }
  delete fields.csrf_token;
  delete fields.recorded_at;
  await add(mine, { trial, path, fields, at });
  await settled();
  if (answer) await flush();
  const place = `/trials/${trial}/${path === "noise" ? "today" : "outbox"}`;
  return forPage(request, new Response(null, { headers: { "HX-Location": place } }));
}

/** The request as the page sent it, with the time of the tap, so that it says the same if it has to be sent again. */
async function direct(request, url, fields) {
  const headers = new Headers({ "X-Outbox": "1" });
  for (const [name, value] of request.headers) if (name.startsWith("hx-")) headers.set(name, value);
  try {
    const answer = await fetch(url, { method: "POST", headers, body: new URLSearchParams(fields), redirect: "manual" });
    await answer.clone().arrayBuffer(); // an answer that breaks off was none
    return answer;
  } catch {
    return null;
  }
}

/** Not said to be kept, and nothing that its writer could mend: a fault, a stale form, the end of a sign-in. */
const later = ({ ok, status }) => !ok && ![409, 413, 422].includes(status);

const forPage = (request, answer) => {
  const place = answer.headers.get("HX-Location");
  return place && request.mode === "navigate" ? Response.redirect(place, 303) : answer;
};
