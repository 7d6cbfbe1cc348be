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

// The stylesheet leaves parts below the screen for later: one after the other, when there is time.
const rows = [...document.querySelectorAll(".results > li:nth-child(n+7)")];
const parts = [];
while (rows.length) parts.push(rows.splice(0, 10)); // each step paints once
parts.push(...[...document.querySelectorAll(".part, .later")].map((part) => [part]));
const later = window.requestIdleCallback ?? ((call) => setTimeout(call, 50));
const layOut = () => {
  parts.shift()?.forEach((part) => part.classList.add("part--laid"));
  if (parts.length) later(layOut);
};
// Where an address leads into the page, nothing may move once it is there.
if (location.hash) parts.splice(0).flat().forEach((part) => part.classList.add("part--laid"));
addEventListener("load", () => later(layOut));

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

// The contents list marks the part that crosses a line a quarter down the screen, and none while
// that line is above all parts.
const entries = [...document.querySelectorAll(".toc a")]
  .map((link) => [document.getElementById(link.hash.slice(1))?.closest("section"), link])
  .filter(([part]) => part);
const watcher = new IntersectionObserver((seen) => {
  const reading = seen.find((entry) => entry.isIntersecting)?.target;
  if (!reading && entries[0][0].getBoundingClientRect().top < innerHeight / 4) return;
  entries.forEach(([part, link]) => {
    if (part === reading) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}, { rootMargin: "-25% 0px -75% 0px" });
entries.forEach(([part]) => watcher.observe(part));
