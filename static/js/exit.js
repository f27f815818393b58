// Exit: the button, or Shift three times. The page goes blank at once, sign-in ends, and a neutral site takes this page's place in the history.
const WITHIN = 1500; // milliseconds, from the first Shift to the third

const pages = new BroadcastChannel("exit"); // all that are open in this browser: Exit on one is the exit from each
let shifts = [];

function blank() {
  pages.close(); // it is on its way already
  document.title = "\u200b";
  document.documentElement.replaceChildren();
}

function forget() {
  try {
    document.cookie = "__Host-leaving=1;secure;samesite=lax;path=/;max-age=9999999"; // the request may be lost: the next one tells the server
    sessionStorage.clear();
    localStorage.clear();
  } catch {
    // Storage that is switched off holds nothing.
  }
}

async function leave(form) {
  const { action, dataset } = form;
  const body = new URLSearchParams(new FormData(form));
  pages.postMessage(dataset.exit);
  blank();
  forget();
  // keepalive: the request outlives the page.
  fetch(action, { method: "POST", body, keepalive: true, credentials: "same-origin", redirect: "manual" }).catch(() => {});
  location.replace(dataset.exit);
}

// A page hears its own script's word as well: one that is there already stays.
pages.onmessage = ({ data }) => {
  if (data === location.pathname) return;
  blank();
  location.replace(data);
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-exit]");
  if (!form?.dataset.exit) return;
  event.preventDefault();
  leave(form);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift") return void (shifts = []);
  if (event.repeat) return;
  shifts = [...shifts.filter((at) => event.timeStamp - at < WITHIN), event.timeStamp];
  const form = document.querySelector("form[data-exit]");
  if (shifts.length >= 3 && form?.dataset.exit) leave(form);
});

// Back from the browser's own memory: what was private may not be any more, so ask the server.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  blank();
  location.reload();
});
