// Fills in today's date and offers to copy; without this file the text can be selected.
for (const day of document.querySelectorAll("[data-today]")) day.textContent = new Date().toLocaleDateString("sv");
if (navigator.clipboard)
  for (const button of document.querySelectorAll("[data-copied]")) {
    const text = button.previousElementSibling;
    button.hidden = false;
    button.onclick = () =>
      navigator.clipboard.writeText(text.textContent).then(
        () => (button.textContent = button.dataset.copied),
        () => getSelection().selectAllChildren(text),
      );
  }
