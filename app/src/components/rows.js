// What rows and the panel do with scripts is in `public/deeds.js`, which comes once somebody is about to
// do something there.
const load = () => import("/deeds.js");
for (const sign of ["pointerover", "focusin"]) {
  addEventListener(sign, ({ target }) => target.closest?.("table, .panel, .toast") && load());
}
if (document.querySelector(".toast button")) load();
// Who was ticked before that came, and the rows were written anew.
globalThis.ticked = new Set();
addEventListener("change", ({ target: { name, checked, value } }) => {
  if (name === "id") ticked[checked ? "add" : "delete"](value);
});
addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (!form.matches("[data-quick]") || !button) return;
  event.preventDefault();
  load().then(({ send }) => send(form, button)).catch(() => location.reload());
});
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-over]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  load().then(({ open }) => open(link)).catch(() => (location = link.href));
});
// Whoever opens a person is taken there. Who comes to the address of one starts where every page starts.
const person = () => new URLSearchParams(location.search).get("person");
let shown = person();
new MutationObserver(() => {
  const top = document.getElementById("panel-top");
  // Its address comes before it.
  if (person() === shown || (person() && !top)) return;
  shown = person();
  if (shown) top.focus({ preventScroll: true });
}).observe(document.body, { childList: true, subtree: true });
