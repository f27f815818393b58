// A morph leaves alone what was typed or chosen. After a swap the server's answer is the truth (it brings a wrong form's input back
// itself), so every field in the swapped part shows what the answer says, except the one that has the focus.
function restore(field) {
  if (field === document.activeElement || field.type === "file") return;
  if (field.tagName === "SELECT") {
    for (const option of field.options) option.selected = option.defaultSelected;
    // A drop-down in which nothing is marked shows its first line.
    if (field.selectedIndex < 0 && field.type === "select-one") field.selectedIndex = 0;
  } else if (field.type === "checkbox" || field.type === "radio") field.checked = field.defaultChecked;
  else field.value = field.defaultValue;
}

document.addEventListener("htmx:after:swap", ({ detail }) => {
  const target = detail.ctx.target;
  if (target?.isConnected) target.querySelectorAll("input, textarea, select").forEach(restore);
});
