// What forms do with scripts: a form is sent once, and one that was typed into asks before it is left.
const typed = new Set();
// What came back refused is not saved yet.
for (const form of document.querySelectorAll("form[data-guard]:has(.field-error:not(:empty))")) typed.add(form);
addEventListener("input", ({ target }) => {
  if (!target.form?.matches("[data-guard]")) return;
  typed.add(target.form);
  // For styles: there is something to save.
  target.form.dataset.typed = "";
});
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  // A download leaves the page where it is.
  if (!form.hasAttribute("data-download")) form.dataset.sent = "1";
  typed.delete(form);
});
addEventListener("beforeunload", (event) => {
  if ([...typed].some((form) => form.isConnected)) event.preventDefault();
});
// Back from the next page, everything can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
