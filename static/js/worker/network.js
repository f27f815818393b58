// A dead network seldom says so: what is asked of it never comes back. Nothing here waits for ever, and nobody waits long twice.
export const PATIENCE = 8000; // milliseconds
const SHORT = 500; // where the wait before was in vain
const LONG = 30_000; // where nobody waits

let open = 0; // requests that are on their way
let ended = 0; // all others, answered or not
let dead; // how many had ended when somebody waited in vain

export const wait = (time) => new Promise((over) => setTimeout(over, time));

/** Over when somebody has waited long enough. */
export async function patience() {
  const before = ended;
  await wait(dead === before ? SHORT : PATIENCE);
  if (open) dead = before;
}

/** Asks the network for what a page wants. */
export function ask(request, init) {
  open++;
  return fetch(request, init).finally(() => (open--, ended++));
}

/** Asks the server for the worker itself: within so many milliseconds, or it is an error. */
export const reach = (url, init, within = LONG) =>
  ask(url, { headers: { "X-Outbox": "1" }, redirect: "manual", signal: AbortSignal.timeout(within), ...init });
