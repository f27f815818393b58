// Passkeys: a form with data-passkey="enter" or "add" asks for a challenge, lets the device answer it, and is sent with the answer.
// Loaded on the few pages that have such a form; without it, or where passkeys cannot be, the form stays hidden.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

async function answer(purpose, token) {
  const body = new URLSearchParams({ purpose, csrf_token: token });
  const response = await fetch("/passkey-challenges", { method: "POST", body });
  if (!response.ok) throw new Error(response.status);
  const options = await response.json();
  options.challenge = toBytes(options.challenge);
  if (purpose === "add") {
    options.user.id = toBytes(options.user.id);
    options.excludeCredentials = listed(options.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  }
  options.allowCredentials = listed(options.allowCredentials);
  return navigator.credentials.get({ publicKey: options });
}

function written({ id, rawId, type, response }) {
  const parts = { clientDataJSON: toText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = toText(response[name]);
  }
  return JSON.stringify({ id, type, rawId: toText(rawId), response: parts, clientExtensionResults: {} });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !window.PublicKeyCredential || form.dataset.origin !== location.origin;
  const elsewhere = form.previousElementSibling;
  if (elsewhere?.matches("[data-elsewhere]")) elsewhere.hidden = !form.hidden;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    try {
      form.credential.value = written(await answer(form.dataset.passkey, form.csrf_token.value));
      form.submit();
    } catch {
      failed.hidden = false;
      failed.focus();
    }
  });
}
