// What rows do with scripts: a change is sent without leaving the page, and ticks stay where they are
// when the rows are written anew.
const boxes = () => [...document.querySelectorAll('tbody input[name="id"]')];
let ticked = new Set();
addEventListener("change", ({ target }) => {
  if (target.name === "page") for (const box of boxes()) box.checked = target.checked;
  ticked = new Set(boxes().filter((box) => box.checked).map((box) => box.value));
});
// What was pressed, until it has the focus again.
let pressed = "";
new MutationObserver(() => {
  const button = pressed && document.activeElement === document.body && document.querySelector(pressed);
  if (button) {
    button.focus();
    pressed = "";
  }
  if (!ticked.size) return;
  for (const box of boxes()) box.checked ||= ticked.has(box.value);
  ticked = new Set(boxes().filter((box) => box.checked).map((box) => box.value));
}).observe(document.body, { childList: true, subtree: true });

function say(text) {
  const toast = document.createElement("p");
  toast.className = "toast done";
  toast.setAttribute("role", "status");
  document.querySelectorAll(".toast.done").forEach((old) => old.remove());
  document.body.append(toast);
  toast.textContent = text;
}
addEventListener("submit", async (event) => {
  const { target: form, submitter: button } = event;
  if (!form.matches("[data-quick]") || !button) return;
  event.preventDefault();
  if (button.ariaBusy) return;
  const was = button.ariaChecked;
  const show = (is) => was && button.setAttribute("aria-checked", is);
  // As it will be, until the server says otherwise.
  show(was !== "true");
  button.ariaBusy = "true";
  const address = button.getAttribute("formaction") ?? form.getAttribute("action");
  const body = new URLSearchParams(new FormData(form, button));
  try {
    const answer = await fetch(address, { method: "POST", headers: { accept: "text/plain" }, body });
    say(await answer.text());
    if (answer.ok) {
      const row = button.closest("tr")?.querySelector("th a[id]")?.id;
      if (row) pressed = `tr:has(#${row}) ${was ? "[role=switch]" : ".acts > :first-child"}`;
      // A switch can be pressed again before the rows are here.
      if (was) {
        button.value = button.value.replace(/(yes|no)$/, (is) => (is === "yes" ? "no" : "yes"));
        button.ariaBusy = null;
      }
      return document.getElementById("refresh")?.click();
    }
  } catch {
    say(form.dataset.quick);
  }
  show(was);
  button.ariaBusy = null;
});
