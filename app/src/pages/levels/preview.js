// Shows what a choice comes to at once; without scripts a button does.
const form = document.getElementById("rules");
document.getElementById("preview")?.remove();
const show = (rule) => {
  const effect = rule.querySelector("output.effect");
  const chosen = rule.querySelector("input:checked")?.value;
  if (!effect || !chosen) return;
  const { inherited, why, own, allowed, denied } = effect.dataset;
  const isAllowed = (chosen === "inherit" ? inherited : chosen) === "allow";
  const [badge, source] = effect.children;
  badge.className = isAllowed ? "badge good" : "badge";
  badge.textContent = isAllowed ? allowed : denied;
  source.textContent = chosen === "inherit" ? why : own;
};
form?.addEventListener("change", ({ target }) => show(target.closest("fieldset")));
// What a browser has kept of an earlier visit counts as well.
addEventListener("pageshow", () => form?.querySelectorAll("fieldset").forEach(show));
