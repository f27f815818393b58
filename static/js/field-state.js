// A morph leaves alone what was typed or chosen. After a swap the server's answer is the truth (it brings a wrong form's input back
// itself), so every field in the swapped part shows what the answer says: except the one that has the focus, and what the answer
// cannot know of, because it was typed since the request left, or into another form. On another page all are new.
const FIELDS = "input, textarea, select";
export const marked = ({ type }) => type === "checkbox" || type === "radio";
export const now = (field) => (marked(field) ? field.checked : field.value);

export function first(field) {
  if (field.tagName !== "SELECT") return marked(field) ? field.defaultChecked : field.defaultValue;
  const chosen = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return chosen?.value ?? "";
}

function restore(field) {
  if (marked(field)) field.checked = field.defaultChecked;
  else if (field.type !== "file") field.value = first(field);
}

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement.closest("form");
  const fields = [...document.querySelectorAll(FIELDS)];
  ctx.sent = new Map(fields.map((field) => [field, field.form === form ? now(field) : first(field)]));
});
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const known = (field) => now(field) === ctx.sent.get(field) && field !== document.activeElement;
  ctx.unknown = [...ctx.sent.keys()].filter((field) => !known(field));
});
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!ctx.target?.isConnected) return;
  const kept = ctx.target === document.body ? [] : ctx.unknown;
  for (const field of ctx.target.querySelectorAll(FIELDS)) if (!kept.includes(field)) restore(field);
});
