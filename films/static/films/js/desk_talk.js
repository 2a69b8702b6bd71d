// The list of questions beside a film's form: each leads to its answer, so that a typo is one click away.
const list = document.querySelector(".question-list");
const group = document.querySelector(".inline-group:has(.talk)");

const entry = (row, index) => {
  const answer = row.querySelector("textarea[name$='-answer']") ?? row.querySelector(".field-answer");
  const typed = row.querySelector("textarea[name$='-question']")?.value;
  const question = typed ?? row.querySelector(".field-question .readonly")?.textContent ?? "";
  const link = document.createElement("a");
  link.href = `#${answer.id || row.id}`;
  const number = document.createElement("b");
  number.textContent = index + 1;
  const words = document.createElement("span");
  words.textContent = question.trim();
  link.append(number, words);
  // A click on the same address again does not move the focus by itself.
  link.addEventListener("click", () => setTimeout(() => answer.focus?.()));
  const item = document.createElement("li");
  item.append(link);
  return item;
};

// A row that is not stored yet is headed by its question too: that is what one sees of it while rows are dragged.
const head = (row) => {
  const words = row.querySelector("textarea[name$='-question']")?.value.trim();
  const place = row.querySelector(".inline_label");
  if (words && place && !row.classList.contains("has_original")) place.textContent = words;
};

const show = () => {
  const rows = [...group.querySelectorAll(".inline-related:not(.empty-form)")];
  rows.forEach(head);
  const items = document.createElement("ol");
  items.append(...rows.filter((row) => row.querySelector(".field-answer")).map(entry));
  list.replaceChildren(...(items.children.length > 1 ? [items] : []));
};

// Labels offer the makers as they are credited at this moment.
const makers = document.getElementById("desk-makers");
const offer = () => {
  const rows = [...document.querySelectorAll("#credits-group .form-row:not(.empty-form)")];
  const nameIn = (row) =>
    row.querySelector("[name$='-maker_name']")?.value.trim() ||
    row.querySelector("[name$='-creator']")?.selectedOptions[0]?.textContent.trim();
  const names = [...new Set(rows.map(nameIn).filter(Boolean))];
  makers.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
};

if (list && group) {
  show();
  group.addEventListener("focusin", ({ target }) => target.matches("[list]") && offer());
  group.addEventListener("desk:ordered", show);
  group.addEventListener("input", ({ target }) => target.matches("textarea[name$='-question']") && show());
}
