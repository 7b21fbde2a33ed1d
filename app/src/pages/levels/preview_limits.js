// Shows what the amounts come to while they are typed; without scripts a button does.
const form = document.getElementById("rules");
const button = document.getElementById("preview");
let waiting;
let asked = 0;
async function look() {
  const turn = ++asked;
  const typed = new URLSearchParams(new FormData(form));
  typed.set("preview", "1");
  const answer = await fetch(form.action, { method: "POST", body: typed, credentials: "same-origin" }).catch(() => null);
  // What can't be read is said beside its field; anything else the saving will tell.
  if (answer?.status !== 200 || answer.redirected || turn !== asked) return;
  // Its styles are here already, and have another nonce.
  const text = (await answer.text()).replace(/<style[^]*?<\/style>/, "");
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const part of form.querySelectorAll(".effect, .field-error")) {
    const fresh = page.getElementById(part.id);
    if (fresh && turn === asked) part.textContent = fresh.textContent;
  }
  for (const field of form.querySelectorAll("input[aria-invalid]")) {
    const fresh = page.getElementById(field.id);
    if (fresh) field.setAttribute("aria-invalid", fresh.getAttribute("aria-invalid"));
  }
}
if (form && button) {
  button.remove();
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 250);
  });
  // What a browser has kept of an earlier visit counts as well.
  addEventListener("pageshow", () => {
    const fields = [...form.querySelectorAll("input")];
    if (fields.some((field) => field.value !== field.defaultValue)) look();
  });
}
