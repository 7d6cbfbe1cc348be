// The annex table: names appear beside typed codes, arrows move between rows.
"use strict";
(() => {
  const place = document.querySelector("[data-procedure-lookup]");
  const table = document.querySelector(".annex table");
  if (!place || !table) return;

  const show = async (input) => {
    const found = input.parentElement.querySelector(".annex-found");
    const code = input.value.trim();
    found.textContent = "";
    if (!code) return;
    const answer = await fetch(`${place.dataset.procedureLookup}?code=${encodeURIComponent(code)}`);
    if (!answer.ok || input.value.trim() !== code) return;
    const names = Object.values((await answer.json()).names);
    found.textContent = names[0] || place.dataset.unknown;
    found.classList.toggle("unknown", !names.length);
  };
  table.addEventListener("change", (event) => {
    if (event.target.matches("[name$='-procedure']")) show(event.target);
  });

  const next = (input, step) => {
    const suffix = input.name.replace(/^.*-/, "-");
    const column = [...table.querySelectorAll(`[name$="${suffix}"]`)].filter((it) => it.checkVisibility());
    return column[column.indexOf(input) + step];
  };
  table.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.altKey || !event.target.name) return;
    const other = next(event.target, step);
    if (!other) return;
    event.preventDefault();
    other.focus();
  });
})();
