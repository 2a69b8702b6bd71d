// A film at a video site: nobody is asked for anything before the click, which puts the site's player in.
document.querySelector(".at-site a")?.addEventListener("click", (event) => {
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const { frame: src, title } = event.currentTarget.dataset;
  const frame = Object.assign(document.createElement("iframe"), {
    src, title, allow: "autoplay; fullscreen; picture-in-picture", allowFullscreen: true,
    referrerPolicy: "strict-origin-when-cross-origin",
  });
  event.currentTarget.closest(".screen").replaceChildren(frame);
  frame.focus();
});

// Who comes for words that stand in a closed transcript sees it open.
const reveal = () => {
  const target = location.hash.startsWith("#transcript-") && document.getElementById(location.hash.slice(1));
  if (!target) return;
  target.closest("details").open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();
