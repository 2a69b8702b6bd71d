// Puts the rows of a form in order by dragging, by two buttons or by their numbers. The numbers say the order, so
// saving needs no script. Words stand in data attributes of each number, in the editor's language.
const GROUP = ".inline-group:has(.talk, .ordered)";
const rowsOf = (group) => [...group.querySelectorAll(".inline-related:not(.empty-form)")];
const numberOf = (row) => row.querySelector("input[name$='-position']");
const filled = (sentence, values) => sentence.replace(/%\((\w+)\)[ds]/g, (_, name) => values[name]);

const voice = document.createElement("p");
voice.className = "visually-hidden";
voice.setAttribute("aria-live", "polite");

const label = (row, index, count) => {
  const { up, down, drag } = numberOf(row).dataset;
  const [grip, higher, lower] = row.querySelectorAll(".order-buttons button");
  grip.title = filled(drag, { number: index + 1 });
  higher.setAttribute("aria-label", filled(up, { number: index + 1 }));
  lower.setAttribute("aria-label", filled(down, { number: index + 1 }));
  higher.setAttribute("aria-disabled", String(index === 0));
  lower.setAttribute("aria-disabled", String(index === count - 1));
};

const labelAll = (group) => {
  const rows = rowsOf(group).filter(numberOf);
  rows.forEach((row, index) => label(row, index, rows.length));
  group.dispatchEvent(new CustomEvent("desk:ordered", { bubbles: true }));
};

const renumber = (group) => {
  rowsOf(group).forEach((row, index) => (numberOf(row).value = index + 1));
  labelAll(group);
};

// Puts a row at a place among the others; the focus stays where it is.
const place = (row, index) => {
  const group = row.closest(GROUP);
  const focused = document.activeElement;
  const others = rowsOf(group).filter((other) => other !== row);
  const before = others[Math.max(0, index)] ?? group.querySelector(".empty-form") ?? others.at(-1).nextSibling;
  before.parentNode.insertBefore(row, before);
  renumber(group);
  if (row.contains(focused)) focused.focus({ preventScroll: true });
};

const tell = (row) => {
  const rows = rowsOf(row.closest(GROUP));
  voice.textContent = filled(numberOf(row).dataset.moved, { number: rows.indexOf(row) + 1, count: rows.length });
};

const step = (row, by) => {
  const rows = rowsOf(row.closest(GROUP));
  const index = rows.indexOf(row) + by;
  if (index < 0 || index >= rows.length) return;
  place(row, index);
  row.scrollIntoView({ block: "nearest" });
  tell(row);
};

// Dragging folds the rows to their headings, so that a long talk can be seen whole.
const drag = (row, start) => {
  const group = row.closest(GROUP);
  const before = rowsOf(group);
  let pointer = start.clientY;
  let frame = 0;
  let folded = false;

  const fold = () => {
    folded = true;
    const top = row.getBoundingClientRect().top;
    group.classList.add("is-sorting");
    row.classList.add("is-dragged");
    scrollBy(0, row.getBoundingClientRect().top - top);
  };
  const follow = () => {
    const others = rowsOf(group).filter((other) => other !== row);
    const middle = (other) => {
      const box = other.getBoundingClientRect();
      return box.top + box.height / 2;
    };
    const index = others.filter((other) => middle(other) < pointer).length;
    if (rowsOf(group).indexOf(row) !== index) place(row, index);
  };
  const atEdge = () => {
    const edge = 60;
    const speed = pointer < edge ? pointer - edge : Math.max(0, pointer - innerHeight + edge);
    if (speed) scrollBy(0, speed / 4);
    if (folded) follow();
    frame = requestAnimationFrame(atEdge);
  };
  const move = ({ clientY }) => {
    pointer = clientY;
    if (!folded && Math.abs(clientY - start.clientY) > 4) fold();
  };
  const stop = (event) => {
    if (event.type === "keydown" && event.key !== "Escape") return;
    cancelAnimationFrame(frame);
    group.removeEventListener("pointermove", move);
    for (const name of ["pointerup", "pointercancel"]) group.removeEventListener(name, stop);
    removeEventListener("keydown", stop, true);
    if (!folded) return;
    if (event.type === "pointerup") follow();
    else before.forEach((other, index) => place(other, index));
    const top = row.getBoundingClientRect().top;
    group.classList.remove("is-sorting");
    row.classList.remove("is-dragged");
    scrollBy(0, row.getBoundingClientRect().top - top);
    tell(row);
  };
  start.preventDefault();
  // Not by the grip: it moves with its row, and an element that moves lets go of the pointer.
  group.setPointerCapture(start.pointerId);
  group.addEventListener("pointermove", move);
  for (const name of ["pointerup", "pointercancel"]) group.addEventListener(name, stop);
  addEventListener("keydown", stop, true);
  frame = requestAnimationFrame(atEdge);
};

const button = (name, text) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = name;
  made.textContent = text;
  return made;
};

const equip = (row) => {
  if (!numberOf(row) || row.querySelector(".order-buttons")) return;
  const buttons = document.createElement("span");
  buttons.className = "order-buttons";
  const grip = button("grip", "⠿");
  grip.tabIndex = -1; // The two buttons beside it do the same from the keyboard.
  grip.setAttribute("aria-hidden", "true");
  grip.addEventListener("pointerdown", (event) => event.button === 0 && drag(row, event));
  const [higher, lower] = [button("up", "↑"), button("down", "↓")];
  higher.addEventListener("click", () => step(row, -1));
  lower.addEventListener("click", () => step(row, 1));
  buttons.append(grip, higher, lower);
  row.querySelector("h3").prepend(buttons);
};

// After an error rows come back in the order in which they are stored: show them in the order of their numbers.
const sort = (group) => {
  const rows = rowsOf(group);
  const value = (row) => Number(numberOf(row).value) || Infinity;
  const sorted = [...rows].sort((one, two) => value(one) - value(two));
  if (sorted.every((row, index) => row === rows[index])) return;
  const end = group.querySelector(".empty-form");
  for (const row of sorted) rows[0].parentNode.insertBefore(row, end);
};

for (const group of document.querySelectorAll(GROUP)) {
  if (!rowsOf(group).every(numberOf)) continue;
  sort(group);
  rowsOf(group).forEach(equip);
  group.append(voice);
  labelAll(group);
  group.addEventListener("change", ({ target }) => {
    if (!target.matches("input[name$='-position']")) return;
    const row = target.closest(".inline-related");
    place(row, (Number(target.value) || Infinity) - 1);
    tell(row);
  });
  group.addEventListener("formset:added", ({ target }) => {
    equip(target);
    numberOf(target).value = rowsOf(group).length;
    labelAll(group);
  });
  document.addEventListener("formset:removed", () => setTimeout(() => labelAll(group)));
}
