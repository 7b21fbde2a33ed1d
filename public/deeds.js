// What rows and the panel do with scripts; `app/src/components/rows.js` loads it when it is wanted. A change is
// sent without leaving the page, shown before the server has answered, and put back where it refuses; ticks stay
// where they are when the rows are written anew.

const boxes = () => [...document.querySelectorAll('tbody input[name="id"]')];
// Who is ticked, on this page of the view and on others: ticks stay while one pages and sorts, until
// something else is looked for.
const { ticked } = globalThis;
// Whether all that match are taken: whoever comes into sight is ticked then.
const scope = () => document.querySelector('#bulk input[name="scope"]');
let whole = false;
const viewOf = () => {
  const { pathname, search } = location;
  const view = new URLSearchParams(search);
  for (const of of ["page", "size", "sort", "col", "person", "dialog"]) view.delete(of);
  view.sort();
  return `${pathname}?${view}`;
};
let view = viewOf();
function count() {
  whole = false;
  for (const box of boxes()) ticked[box.checked ? "add" : "delete"](box.value);
  show();
}
function elsewhere() {
  const here = new Set(boxes().map((box) => box.value));
  return [...ticked].filter((id) => !here.has(id));
}
// What is written anew is told again; what is right already is left alone.
function show() {
  const all = boxes();
  const page = document.querySelector('thead input[name="page"]');
  const here = all.filter((box) => box.checked).length;
  if (page) {
    page.checked = here > 0 && here === all.length;
    page.indeterminate = here > 0 && here < all.length;
  }
  const others = elsewhere().length;
  const people = document.getElementById("people");
  if (scope()) scope().checked = whole;
  // As in their rows: who waits for approval, or is out already, can't be suspended.
  const suspend = people?.querySelector('#bulk [value="suspend"]');
  const can = (box) => box.checked && box.closest("tr").querySelector('.acts [value="suspend"]');
  if (suspend) suspend.hidden = here > 0 && !others && !whole && !all.some(can);
  const said = people?.querySelector("#bulk .ticked");
  if (others && people) people.dataset.elsewhere = others;
  else delete people?.dataset.elsewhere;
  if (!said) return;
  const numbers = [ticked.size, others].map((number) => number.toLocaleString("en"));
  said.dataset.said = said.dataset.across.replace(/\{}/g, () => numbers.shift());
}
addEventListener("change", ({ target }) => {
  if (target.name === "page") for (const box of boxes()) box.checked = target.checked;
  if (target.name === "page" || target.name === "id") count();
  if (target !== scope()) return;
  // Without all, who was ticked before is again.
  whole = target.checked;
  for (const box of boxes()) box.checked = whole || ticked.has(box.value);
  show();
});
// What was ticked before this was here.
if (document.querySelector('thead input[name="page"]:checked')) for (const box of boxes()) box.checked = true;
for (const box of boxes()) box.checked ||= ticked.has(box.value);
for (const id of elsewhere()) ticked.delete(id);
const wasWhole = scope()?.checked;
count();
if (wasWhole) scope().click();
new MutationObserver(() => {
  if (view !== viewOf()) {
    view = viewOf();
    ticked.clear();
    whole = false;
    for (const box of boxes()) box.checked = false;
  }
  for (const box of boxes()) box.checked ||= whole || ticked.has(box.value);
  show();
}).observe(document.body, { childList: true, subtree: true });
addEventListener("reset", ({ target }) => {
  if (!target.matches("#bulk")) return;
  ticked.clear();
  whole = false;
  // The boxes are emptied after this.
  setTimeout(show);
});
addEventListener("formdata", ({ target, formData }) => {
  if (target.matches("#bulk")) for (const id of elsewhere()) formData.append("id", id);
});

// Where something was pressed: it has the focus again when the rows are written anew, until the focus goes
// elsewhere. And where the last change was made, which is where taking it back leads to. Each is a few
// selectors, the best first.
let pressed = [];
let last = [];
const PAIR = ["suspend", "reactivate"];
function placesOf(element) {
  const row = element.closest("tr");
  const id = row?.querySelector("th a[id]")?.id;
  const place = id ? `tr:has(#${id})` : ".panel";
  // Who has left the list leaves the place to whoever comes next.
  const next = id ? [`tbody tr:nth-child(${row.sectionRowIndex + 1}) th a[id]`] : [];
  const what = ["[role=switch]", "[data-over]"].find((kind) => element.matches(kind));
  if (what) return [`${place} ${what}`, ...next];
  const acts = `${place} :is(.acts, .can)`;
  // What takes it back stands in its place.
  const pair = PAIR.includes(element.value) ? PAIR.map((value) => `${acts} [value=${value}]`) : [];
  return [...pair, `${acts} :is(a, button)`, ...next];
}
function refocus() {
  if (!pressed.length || document.activeElement !== document.body) return;
  const found = pressed.flatMap((place) => [...document.querySelectorAll(place)]);
  found.find((element) => element.checkVisibility())?.focus();
}
new MutationObserver(refocus).observe(document.body, { childList: true, subtree: true });
addEventListener("pointerdown", () => (pressed = []));
addEventListener("focusin", ({ target }) => {
  if (!pressed.some((place) => target.matches(place))) pressed = [];
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
  if (!button.closest(".toast")) last = placesOf(opener ?? button);
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
      pressed = [];
      document.body.append(over);
      over.showModal();
      form.amount.ariaInvalid = "true";
      form.querySelector(".field-error").textContent = problem;
      form.amount.select();
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
  over.dataset.opener = placesOf(link)[0];
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
