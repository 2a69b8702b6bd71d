// Light, dark or the system's: kept in this browser alone, so that every page is the same bytes for everyone.
// In the head and not deferred: the choice stands before the first paint, and the radios are part of it.
(() => {
  const root = document.documentElement;
  const key = "appearance";
  const known = (value) => (["light", "dark"].includes(value) ? value : "system");
  let kept = "system";
  try {
    kept = known(localStorage.getItem(key));
  } catch {
    return; // Storage is closed: nothing could be kept, so no choice is offered.
  }
  root.dataset.theme = kept;

  const show = (value) => {
    root.dataset.theme = value;
    for (const radio of document.querySelectorAll("input[name=appearance]")) radio.checked = radio.value === value;
  };
  document.addEventListener("DOMContentLoaded", () => {
    show(root.dataset.theme);
    document.addEventListener("change", ({ target }) => {
      if (target.name !== "appearance") return;
      show(known(target.value));
      try {
        localStorage.setItem(key, root.dataset.theme);
      } catch {
        // Full or closed: the choice holds for this page.
      }
    });
  });
  addEventListener("storage", (event) => event.key === key && show(known(event.newValue)));
})();
