// Keeps a form while it is being filled in, and says when. Without it the form works the same.

const PAUSE = 1500;

for (const form of document.querySelectorAll("form[data-keep]")) {
  const status = form.querySelector("[data-kept]");
  let waiting;
  let sent = false;

  async function keep() {
    const fields = new FormData(form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    fields.set("luogo-del-modulo", location.pathname);
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: fields });
      status.textContent = answer.ok ? await answer.text() : form.dataset.notKept;
    } catch {
      status.textContent = form.dataset.notKept;
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    if (!sent) waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    sent = true;
    clearTimeout(waiting);
  });
}
