// Trusted types: see trusted.js.
const worker = window.trustedTypes?.createPolicy("worker", {
  createScriptURL: (path) => {
    const url = new URL(path, location.href);
    if (url.origin !== location.origin) throw new TypeError(path);
    return url.href;
  },
});

/** The address of a worker of ours, as `navigator.serviceWorker.register` takes it. */
export const workerUrl = (path) => worker?.createScriptURL(path) ?? path;
