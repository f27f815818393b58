// An answer that changes nothing here is no swap: nobody fills fields, moves the focus or says anything for it.
// A block is morphed into its target. Where the block brings the target itself along (the same id), it takes the target's place instead:
// so a template may put a block's wrapper inside or outside of it.
document.addEventListener("htmx:before:swap", (event) => {
  const { tasks } = event.detail;
  if (tasks.every(({ swapSpec }) => swapSpec.style === "none")) return event.preventDefault();
  for (const { fragment, swapSpec, target } of tasks) {
    const only = fragment.childElementCount === 1 && fragment.firstElementChild;
    if (swapSpec.style === "innerMorph" && only?.id && only.id === target?.id) swapSpec.style = "outerMorph";
  }
});
