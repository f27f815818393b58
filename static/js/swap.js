// What becomes of an answer. One that changes nothing here is no swap: nobody fills fields, moves the focus or says anything for it.
// A fault of the server leaves the page as it is, with what was typed, and so does a refusal that is not the form's own, or comes from
// too much or too often: it is said.
// A block is morphed into its target. Where the block brings the target itself along (the same id), it takes the target's place instead:
// so a template may put a block's wrapper inside or outside of it.
import { failed } from "./say.js";

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  const { status } = ctx.response;
  const none = tasks.every(({ swapSpec }) => swapSpec.style === "none");
  const whole = !none && ctx.target?.matches("body, #content");
  if (status >= 500 || status === 413 || status === 429 || (status >= 400 && status !== 422 && !whole)) failed();
  else if (!none) return tasks.forEach(settle);
  event.preventDefault();
});

function settle({ fragment, swapSpec, target }) {
  for (const field of fragment.querySelectorAll("[autofocus]")) field.autofocus = false; // announce.js knows whether the focus is to move
  const only = fragment.childElementCount === 1 && fragment.firstElementChild;
  if (swapSpec.style === "innerMorph" && only?.id && only.id === target?.id) swapSpec.style = "outerMorph";
}
