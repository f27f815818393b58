// A morph leaves alone what was typed or chosen. After a swap the server's answer is the truth (it brings a wrong form's input back
// itself), so every field in the swapped part shows what the answer says: except the one that has the focus, and what the answer
// cannot know of, because it was typed since the request left, or into another form, be it one that came back to be mended. On another
// page all are new.
const FIELDS = "input, textarea, select";
export const marked = ({ type }) => type === "checkbox" || type === "radio";
export const now = (field) => (marked(field) ? field.checked : field.value);

export function first(field) {
  if (field.tagName !== "SELECT") return marked(field) ? field.defaultChecked : field.defaultValue;
  const chosen = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return chosen?.value ?? "";
}

const fill = (field, value) => (field[marked(field) ? "checked" : "value"] = value);
const faulty = ({ form }) => form?.querySelector("[id$=-error]");

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const form = ctx.sourceElement.closest("form");
  const fields = [...document.querySelectorAll(FIELDS)];
  ctx.sent = new Map(fields.map((field) => [field, field.form === form ? now(field) : faulty(field) ? null : first(field)]));
});
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const known = (field) => now(field) === ctx.sent.get(field) && field !== document.activeElement;
  ctx.unknown = new Map([...ctx.sent.keys()].filter((field) => !known(field)).map((field) => [field, now(field)]));
});
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!ctx.target?.isConnected) return;
  const kept = ctx.target === document.body ? new Map() : ctx.unknown;
  for (const field of ctx.target.querySelectorAll(FIELDS)) {
    if (!kept.has(field) || field !== document.activeElement) fill(field, kept.get(field) ?? first(field));
  }
});
