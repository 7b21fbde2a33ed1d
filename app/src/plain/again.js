// Looks again every second while something goes on, and puts what has changed into the page.
const live = (root) => root.querySelector("main [data-state]");
async function look() {
  const here = live(document);
  let next;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return location.reload();
    // Its styles are here already, and have another nonce.
    const text = (await answer.text()).replace(/<style[^]*?<\/style>/, "");
    const page = new DOMParser().parseFromString(text, "text/html");
    next = live(page);
  } catch {
    return setTimeout(look, 3000);
  }
  if (!next || !here) return location.reload();
  if (next.dataset.state !== here.dataset.state) {
    here.replaceWith(next);
    next.querySelector("h1")?.focus();
  } else {
    for (const part of here.querySelectorAll("[data-live]")) {
      const fresh = next.querySelector(`#${part.id}`);
      if (fresh && fresh.outerHTML !== part.outerHTML) part.replaceWith(fresh);
    }
    here.dataset.again = next.dataset.again ?? "";
  }
  if (next.dataset.again) setTimeout(look, 1000);
}
setTimeout(look, 1000);
