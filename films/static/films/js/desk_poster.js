// Draws the poster anew while its facts are typed; without this file the button beside it does so.
const frame = document.getElementById("live-poster");
const form = frame?.closest("form");

const facts = () => {
  const names = frame.dataset.fields.split(" ");
  const isSent = (name) => names.some((known) => (known.endsWith("-") ? name.startsWith(known) : name === known));
  const sent = [...new FormData(form)].filter(([name]) => isSent(name) || name === "csrfmiddlewaretoken");
  return new URLSearchParams(sent);
};

let shown = "";
let asking = null;
const draw = async () => {
  const body = facts();
  if (String(body) === shown) return;
  shown = String(body);
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(frame.dataset.url, { method: "POST", body, signal: asking.signal });
    if (!answer.ok) return;
    const drawing = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    if (drawing.localName === "svg") frame.replaceChildren(document.importNode(drawing, true));
  } catch (error) {
    if (error.name !== "AbortError") shown = ""; // The line was cut: the next change asks again.
  }
};

let waiting = 0;
const soon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(draw, 250);
};

if (form?.querySelector("[name=_poster]")) {
  shown = String(facts());
  form.querySelector("[name=_poster]").hidden = true;
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  // Suggestions tell only jQuery that something was chosen.
  window.django?.jQuery(form).on("change", soon);
}
