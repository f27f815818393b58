// The first page after a sign-out: what else is open in this browser hears of it, as it hears of an Exit (`exit.js`).
new BroadcastChannel("exit").postMessage(location.pathname);
