// Marks the question that is being read, only where the browser cannot do it itself by :target-current.
if (!CSS.supports("scroll-target-group", "auto")) {
  const links = [...document.querySelectorAll(".qa_nav a")];
  const places = links.map((link) => document.getElementById(link.hash.slice(1)));
  const mark = () => {
    const passed = places.filter((place) => place.getBoundingClientRect().top < innerHeight / 3).length;
    links.forEach((link, index) => {
      if (index === Math.max(passed - 1, 0)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  }, { passive: true });
  mark();
}
