// A form that was sent waits for its answer. Until then nothing in it is pressed, typed or sent again: nothing is done twice, and no
// word goes into a field that is about to be another's.
const AGAIN = 9000; // milliseconds: by then the page that a whole form leads to has come, or the worker's patience is over
const FORM = "form[aria-busy]";
let sent, next; // the button whose answer is on its way; the form's main one, if it was pressed meanwhile: it is pressed again then

const begin = (form) => form.setAttribute("aria-busy", "true");
const end = (form) => form.removeAttribute("aria-busy");

for (const type of ["beforeinput", "click", "submit"]) {
  const wait = (event) => {
    if (!event.target.closest?.(FORM) || event.target.closest("a")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const main = event.target.closest(".primary");
    if (main !== sent) next = main;
  };
  document.addEventListener(type, wait, true);
}

document.addEventListener("htmx:before:request", ({ detail }) => {
  const { sourceElement, sourceEvent } = detail.ctx;
  if (!sourceElement.matches("form")) return;
  begin(sourceElement);
  sent = sourceEvent.submitter;
});
document.addEventListener("htmx:finally:request", ({ detail }) => {
  const { sourceElement, hx } = detail.ctx;
  if (!sourceElement.matches("form, body") || hx?.location) return; // the next page is on its way
  document.querySelectorAll(FORM).forEach(end);
  if (next?.form === sourceElement) next.click();
  next = undefined;
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  begin(form);
  setTimeout(end, AGAIN, form);
});
