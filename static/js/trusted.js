// Trusted types: this policy and the one in worker-url.js are the only ways in which a text becomes markup or a script here.
// Everything else is refused by the browser. Answers of our own server, fetched from the same origin only; what they hold is
// escaped there, and scripts in them stay dead.
import htmx from "htmx.org";

const markup = window.trustedTypes?.createPolicy("htmx", { createHTML: (text) => text });
if (markup) htmx.registerExtension("trusted", { init: (api) => api.initSecurity(markup) });
