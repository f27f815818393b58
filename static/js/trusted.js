// Trusted types: the only two ways in which a text becomes markup or a script here. Everything else is refused by the browser.
import htmx from "htmx.org";

const types = window.trustedTypes;

// Answers of our own server, fetched from the same origin only; what they hold is escaped there, and scripts in them stay dead.
const markup = types?.createPolicy("htmx", { createHTML: (text) => text });
if (markup) htmx.registerExtension("trusted", { init: (api) => api.initSecurity(markup) });

const worker = types?.createPolicy("worker", {
  createScriptURL: (path) => {
    const url = new URL(path, location.href);
    if (url.origin !== location.origin) throw new TypeError(path);
    return url.href;
  },
});

/** The address of a worker of ours, as `navigator.serviceWorker.register` takes it. */
export const workerUrl = (path) => worker?.createScriptURL(path) ?? path;
