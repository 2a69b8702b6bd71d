// Makes, withdraws and copies a preview link without leaving the form, so that nothing typed there is lost.
const form = document.getElementById("preview_form");
if (form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const asked = new FormData(form, event.submitter);
    const answer = await fetch(form.action, { method: "POST", body: asked, headers: { "X-Preview-Box": "1" } }).catch(() => null);
    const box = document.getElementById("preview_box");
    if (!answer?.ok || answer.redirected) {
      box.querySelector("[role=status]").textContent = box.dataset.failed;
      return;
    }
    box.outerHTML = await answer.text();
    offerCopy();
    document.querySelector("#preview_box [data-copy], #preview_box button")?.focus();
  });
  offerCopy();
}

function offerCopy() {
  const button = document.querySelector("#preview_box [data-copy]");
  if (!button || !navigator.clipboard) return;
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.onclick = () =>
    navigator.clipboard.writeText(field.value).then(
      () => (button.textContent = button.dataset.copied),
      () => field.select(),
    );
}
