// Names that go on from what is being typed. Comfort only: the form works without this file.
"use strict";

const input = document.querySelector('form[role="search"] input[name="q"]');
if (input) {
  const WAIT = 150; // milliseconds after the last key
  const address = new URL("goi-y/", input.form.action);
  const box = document.createElement("ul");
  const told = document.createElement("p");
  let rows = [], chosen = -1, timer = 0, asked = "";

  box.className = "suggestions";
  box.id = "goi-y";
  box.hidden = true;
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", input.labels[0].textContent);
  told.className = "ds-sr-only";
  told.setAttribute("role", "status");
  input.closest(".ds-search").classList.add("suggested");
  input.closest(".ds-search").append(box);
  input.form.append(told);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"],
    ["aria-expanded", "false"], ["aria-controls", box.id]]) input.setAttribute(name, value);

  const close = () => {
    box.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const show = (found) => {
    rows = found;
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    box.replaceChildren(...rows.map((row, at) => {
      const line = document.createElement("li");
      line.id = `goi-y-${at}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.lang = "vi";
      line.textContent = row.name;
      line.addEventListener("mousedown", (event) => { event.preventDefault(); location.assign(row.url); });
      return line;
    }));
    box.hidden = !rows.length;
    input.setAttribute("aria-expanded", String(!box.hidden));
    told.textContent = rows.length ? input.form.dataset.suggested.replace("{count}", rows.length) : "";
  };

  const ask = async () => {
    const text = input.value;
    if (text === asked) return;
    asked = text;
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address);
      // An answer that comes after a later key is to a question nobody asks any more.
      if (answer.ok && text === input.value) show(await answer.json());
    } catch {
      close(); // no connection: the form still works
    }
  };

  const choose = (to) => {
    [...box.children].forEach((line, at) => line.setAttribute("aria-selected", String(at === to)));
    chosen = to;
    if (to < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", box.children[to].id);
    box.children[to].scrollIntoView({ block: "nearest" });
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || box.hidden) return; // an input method writes marks with the same keys
    const last = rows.length - 1;
    if (event.key === "ArrowDown") choose(chosen === last ? -1 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) location.assign(rows[chosen].url);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
