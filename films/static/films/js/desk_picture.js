// Shows where the focal point of a picture lies and lets it be chosen with a click, a new file before it is sent too.
// Without this file the two numbers beside it do so.
const ROW = ".inline-related";
const LARGEST = 480;
const inputs = (row) => [row.querySelector("input[name$='-focus_x']"), row.querySelector("input[name$='-focus_y']")];

const show = (row) => {
  const whole = row.querySelector(".picture-whole");
  if (!whole?.firstElementChild) return;
  let point = whole.querySelector(".picture-focus");
  if (!point) {
    point = document.createElement("span");
    point.className = "picture-focus";
    point.setAttribute("aria-hidden", "true");
    whole.append(point);
  }
  const [x, y] = inputs(row).map((input) => Math.min(100, Math.max(0, Number(input.value) || 0)));
  point.style.left = `${x}%`;
  point.style.top = `${y}%`;
};

// Drawn and not loaded: the page may load pictures from this site alone.
const draw = async (row, file) => {
  const whole = row.querySelector(".picture-whole");
  whole.replaceChildren();
  if (!file) return;
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return; // The site will say what is wrong with it.
  }
  const scale = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  whole.replaceChildren(canvas);
  show(row);
};

document.addEventListener("click", (event) => {
  const whole = event.target.closest(".picture-whole");
  const picture = whole?.querySelector("img, canvas");
  const row = whole?.closest(ROW);
  if (!picture || !inputs(row).every((input) => input && !input.disabled)) return;
  const box = picture.getBoundingClientRect();
  const places = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  inputs(row).forEach((input, index) => {
    input.value = Math.round(100 * Math.min(1, Math.max(0, places[index])));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  show(row);
});

document.addEventListener("input", (event) => {
  if (event.target.matches("input.focus")) show(event.target.closest(ROW));
});

document.addEventListener("change", (event) => {
  if (event.target.matches(".picture-choose input")) draw(event.target.closest(ROW), event.target.files[0]);
});

for (const whole of document.querySelectorAll(".picture-whole")) show(whole.closest(ROW));
