/** Asks the service worker, which holds everything that this device keeps. Answers nothing while there is none. */
export function ask(what, more = {}) {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return Promise.resolve();
  return new Promise((answered) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => answered(data);
    worker.postMessage({ ask: what, ...more }, [port2]);
  });
}
