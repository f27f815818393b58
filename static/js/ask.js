const AGAIN = 10_000; // milliseconds: a worker that lives has answered by then

/**
 * Asks the service worker, which holds everything that this device keeps. Answers nothing while there is none. A worker may be stopped
 * before it answers: what is asked without `more` may be asked twice.
 */
export function ask(what, more) {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return Promise.resolve();
  return new Promise((answered) => {
    const { port1, port2 } = new MessageChannel();
    const timer = more ?? setTimeout(() => answered(ask(what)), AGAIN);
    port1.onmessage = ({ data }) => (clearTimeout(timer), answered(data));
    worker.postMessage({ ask: what, ...more }, [port2]);
  });
}
