// Suggestions under the search boxes. Without this file a box is a plain form, and so it stays
// when the answer does not come. A box becomes a combobox (ARIA 1.2): the focus stays in it,
// the arrows choose a line, Enter opens it, Escape closes the list, everything else is typing.
const WAIT = 150;
const SHORTEST = 2;
const ADDRESS = document.querySelector("[data-suggestions]")?.dataset.suggestions;

const enhance = (input, number) => {
  const list = document.createElement("div");
  const said = document.createElement("p");
  list.className = "casa-suggestions";
  list.id = `suggerimenti-${number}`;
  list.hidden = true;
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  input.parentElement.classList.add("casa-suggesting");
  input.after(list, said);
  let timer, asking, chosen = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    const lines = options();
    chosen = place;
    lines.forEach((line, index) => line.setAttribute("aria-selected", String(index === place)));
    if (place < 0) {
      input.removeAttribute("aria-activedescendant");
    } else {
      input.setAttribute("aria-activedescendant", lines[place].id);
      lines[place].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (html) => {
    list.innerHTML = html;
    const words = list.querySelector("[data-said]");
    said.textContent = words?.textContent ?? "";
    words?.remove();
    const box = list.querySelector("[role=listbox]");
    if (!box) return close();
    box.id = `${list.id}-elenco`;
    input.setAttribute("aria-controls", box.id);
    options().forEach((line, index) => { line.id = `${list.id}-${index}`; });
    list.style.top = `${input.offsetTop + input.offsetHeight}px`;
    list.style.left = `${input.offsetLeft}px`;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(-1);
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const address = `${ADDRESS}?q=${encodeURIComponent(input.value)}`;
      const answer = await fetch(address, { signal, cache: "no-store" });
      const html = answer.ok ? await answer.text() : "";
      if (!signal.aborted && document.activeElement === input) show(html);
    } catch {
      if (!signal.aborted) close();
    }
  };

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.trim().length < SHORTEST) return close();
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(options()[chosen].dataset.url);
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const line = event.target.closest("[role=option]");
    if (line) location.assign(line.dataset.url);
  });
};

const BOXES = "form[role=search] input[name=q], form[action$='/cerca/'] input[name=q]";
if (ADDRESS) document.querySelectorAll(BOXES).forEach(enhance);
