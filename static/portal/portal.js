// Comfort only: everything on the pages works without this file.
"use strict";

const KEY = "text-size";
const sizes = [...document.querySelectorAll('input[name="text-size"]')];
try {
  const kept = sizes.find((input) => input.id === localStorage.getItem(KEY));
  if (kept) kept.checked = true;
  sizes.forEach((input) => input.addEventListener("change", () => localStorage.setItem(KEY, input.id)));
} catch {
  // Storage may be refused; the size then holds for this page only.
}

document.querySelectorAll("[data-enhanced]").forEach((element) => { element.hidden = false; });
document.querySelectorAll("[data-print]").forEach((button) => {
  button.addEventListener("click", () => window.print());
});

document.querySelectorAll(".share").forEach((share) => {
  const address = share.querySelector("input");
  const copy = share.querySelector("[data-copy]");
  if (navigator.share) {
    share.querySelector("summary").addEventListener("click", (event) => {
      event.preventDefault();
      navigator.share({ title: share.dataset.title, url: address.value })
        .catch((error) => { if (error.name !== "AbortError") share.open = true; });
    });
  }
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    address.select();
    await navigator.clipboard.writeText(address.value);
    share.querySelector("[role=status]").textContent = copy.dataset.copy;
  });
});

const entries = new Map(
  [...document.querySelectorAll(".toc a")].map((link) => [link.hash.slice(1), link]),
);
if (entries.size) {
  const reading = (id) => entries.forEach((link, key) => {
    if (key === id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
  const watcher = new IntersectionObserver((seen) => {
    const top = seen.find((entry) => entry.isIntersecting);
    if (top) reading(top.target.id);
  }, { rootMargin: "0px 0px -75% 0px" });
  entries.forEach((_link, id) => watcher.observe(document.getElementById(id)));
}
