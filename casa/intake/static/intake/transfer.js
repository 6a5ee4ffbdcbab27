// Shows the transfer of each file. Without it the form posts all files at once and works the same.

const form = document.querySelector("form[data-transfer]");
const section = document.getElementById("trasferimento");
const words = form.dataset;

form.addEventListener("submit", async (event) => {
  const files = [...form.elements.documents.files];
  if (!files.length) return;
  event.preventDefault();
  form.hidden = true;
  section.hidden = false;
  document.getElementById("trasferimento-titolo").focus();
  const rows = files.map(rowFor);
  let all = true;
  for (const [at, file] of files.entries()) {
    const mistake = await send(file, rows[at]);
    say(rows[at], mistake || words.received, Boolean(mistake));
    all = all && !mistake;
  }
  finish(all);
});

function rowFor(file) {
  const row = document.createElement("li");
  const name = document.createElement("p");
  const bar = document.createElement("progress");
  const state = document.createElement("p");
  name.textContent = file.name;
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  state.textContent = words.queued;
  row.append(name, bar, state);
  section.querySelector("ul").append(row);
  return { row, bar, state };
}

function say(row, text, isMistake = false) {
  row.state.textContent = text;
  if (isMistake) row.row.classList.add("casa-wrong", "ps-3");
  if (isMistake) row.bar.remove();
}

function send(file, row) {
  if (file.size > Number(words.maxBytes)) return Promise.resolve(words.tooBig);
  const data = new FormData(form);
  data.delete("documents");
  data.append("documents", file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", words.transfer);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      row.bar.value = Math.floor((100 * event.loaded) / event.total);
      say(row, `${words.sending}: ${row.bar.value} %`);
    });
    request.addEventListener("load", () => resolve(mistakeIn(request, row)));
    request.addEventListener("error", () => resolve(words.cut));
    request.send(data);
  });
}

function mistakeIn(request, row) {
  if (request.status === 201) {
    row.bar.value = 100;
    return "";
  }
  if (request.status === 429) return words.tooOften;
  return request.response?.mistakes?.join(" ") || words.failed;
}

function finish(all) {
  if (all) {
    window.location.assign(words.done);
    return;
  }
  section.querySelector("[role=status]").textContent = words.some;
  section.querySelector("p[hidden]").hidden = false;
}
