// What rows and the panel do with scripts; `app/src/components/rows.js` loads it when it is wanted. A change is
// sent without leaving the page, shown before the server has answered, and put back where it refuses; ticks stay
// where they are when the rows are written anew.

const boxes = () => [...document.querySelectorAll('tbody input[name="id"]')];
let ticked = new Set();
const count = () => (ticked = new Set(boxes().filter((box) => box.checked).map((box) => box.value)));
count();
addEventListener("change", ({ target }) => {
  if (target.name === "page") for (const box of boxes()) box.checked = target.checked;
  count();
});
new MutationObserver(() => {
  if (!ticked.size) return;
  for (const box of boxes()) box.checked ||= ticked.has(box.value);
  count();
}).observe(document.body, { childList: true, subtree: true });

// Where something was pressed: it has the focus again when the rows are written anew, until the focus goes
// elsewhere. And where the last change was made, which is where taking it back leads to.
let pressed = "";
let last = "";
const placeOf = (element) => {
  const row = element.closest("tr")?.querySelector("th a[id]")?.id;
  const what = ["[role=switch]", "[data-over]"].find((kind) => element.matches(kind));
  return `${row ? `tr:has(#${row})` : ".panel"} ${what ?? ":is(.acts, .can) :is(a, button)"}`;
};
function refocus() {
  if (!pressed || document.activeElement !== document.body) return;
  [...document.querySelectorAll(pressed)].find((element) => element.checkVisibility())?.focus();
}
new MutationObserver(refocus).observe(document.body, { childList: true, subtree: true });
addEventListener("pointerdown", () => (pressed = ""));
addEventListener("focusin", ({ target }) => {
  if (pressed && !target.matches(pressed)) pressed = "";
});

// The styles of a page have another nonce than ours.
const STYLES = /<style[^>]*>([^]*?)<\/style>/;
const read = (text) => new DOMParser().parseFromString(text.replace(STYLES, ""), "text/html");
// A live region says what comes into it, not what it comes with.
function say(toast) {
  const content = [...toast.childNodes];
  toast.replaceChildren();
  document.querySelectorAll(".toast.done").forEach((old) => old.remove());
  document.body.append(toast);
  toast.append(...content);
}
function complain(text) {
  const toast = document.createElement("div");
  toast.className = "toast done";
  toast.role = "status";
  toast.append(text);
  say(toast);
}

// What a form changes where it was opened, as it will be, until the server says otherwise.
function foresee(button, opener) {
  const was = button.ariaChecked;
  if (was) {
    const show = (is) => button.setAttribute("aria-checked", is);
    show(was !== "true");
    return () => show(was);
  }
  const chosen = button.form.querySelector("[data-shown]:checked");
  const text = document.createTreeWalker(opener ?? button, NodeFilter.SHOW_TEXT).nextNode();
  if (!chosen || !opener || !text) return () => {};
  const amount = Number(button.form.amount.value.replace(/[ ,']/g, ""));
  const before = text.data;
  text.data = chosen.dataset.shown.replace("{}", amount.toLocaleString("en", { maximumFractionDigits: 2 }));
  return () => (text.data = before);
}

/** Sends a form as its button would, and shows at once what that comes to. */
export async function send(form, button) {
  if (button.ariaBusy) return;
  const address = button.getAttribute("formaction") ?? form.getAttribute("action");
  const body = new URLSearchParams(new FormData(form, button));
  const over = form.closest("dialog");
  const opener = over && document.querySelector(over.dataset.opener);
  const takeBack = foresee(button, opener);
  button.ariaBusy = "true";
  if (!button.closest(".toast")) last = placeOf(opener ?? button);
  pressed = last;
  over?.close();
  button.closest("[popover]")?.hidePopover();
  try {
    const answer = await fetch(address, { method: "POST", headers: { accept: "text/vnd.rollcall.toast" }, body });
    if (answer.ok) {
      say(read(await answer.text()).querySelector(".toast"));
      // A switch can be pressed again before the rows are here.
      if (button.role === "switch") {
        button.value = button.value.replace(/(yes|no)$/, (is) => (is === "yes" ? "no" : "yes"));
        button.ariaBusy = null;
      }
      return document.getElementById("refresh")?.click();
    }
    const problem = await answer.text();
    // What was typed can be corrected.
    if (over && answer.status === 422) {
      pressed = "";
      document.body.append(over);
      over.showModal();
      form.querySelector(".field-error").textContent = problem;
    } else complain(problem);
  } catch {
    complain(form.dataset.quick);
  }
  takeBack();
  refocus();
  button.ariaBusy = null;
}

// The last change, as editors take theirs back.
addEventListener("keydown", (event) => {
  const isTyped = event.target.matches("input:not([type=checkbox]), textarea");
  if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || isTyped) return;
  const undo = document.querySelector(".toast.done button");
  if (!undo?.checkVisibility({ visibilityProperty: true })) return;
  event.preventDefault();
  undo.click();
});

/** Opens the small form of another page over this one. */
export async function open(link) {
  if (document.querySelector(".small-form")) return;
  const over = document.createElement("dialog");
  over.className = "dialog small-form";
  over.dataset.opener = placeOf(link);
  over.setAttribute("aria-labelledby", "over-title");
  over.addEventListener("close", () => over.remove());
  // Escape closes what is on top, and nothing else.
  over.addEventListener("keydown", (event) => event.stopPropagation());
  over.addEventListener("input", ({ target }) => {
    if (target.name === "amount") target.form.elements.is.value = "own";
  });
  over.addEventListener("click", (event) => {
    // Beside it, and on its way back.
    if (event.target !== over && !event.target.closest("a")) return;
    event.preventDefault();
    event.stopPropagation();
    over.close();
  });
  document.body.append(over);
  over.showModal();
  // Where there is no such form, whoever called goes there instead.
  const text = await (await fetch(link.href)).text();
  const styles = new CSSStyleSheet();
  styles.replaceSync(STYLES.exec(text)[1]);
  document.adoptedStyleSheets = [styles];
  const page = read(text);
  const title = page.querySelector("h1");
  const form = page.querySelector("form[data-quick]");
  title.id = "over-title";
  form.removeAttribute("class");
  over.append(title, form);
  over.querySelector("[autofocus]").select();
}
