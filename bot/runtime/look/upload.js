// The upload of a list: files that are dropped, what is still missing, how far it is. Without it the form works, too.
"use strict";

let sending = false;
const kept = new Map(); // what was chosen, for a page that asks something before it reads

function prepare(form) {
  const words = JSON.parse(form.dataset.words);
  const input = form.querySelector("input");
  const button = form.querySelector("button");
  const chosen = "keep" in form.dataset ? kept : new Map(); // the name in small letters → the file

  const list = make("ul", { className: "files", tabIndex: -1, hidden: true });
  list.setAttribute("aria-label", words.chosen);
  const bar = make("progress", { max: 100, hidden: true });
  const status = make("p", {});
  status.setAttribute("role", "status");
  bar.setAttribute("aria-label", words.sending);
  form.querySelector(".place").append(make("p", { className: "soft drop", textContent: words.drop }), list);
  form.append(bar, status);

  const ofList = (name) => words.endings.some((ending) => name.endsWith(ending));
  const tooLarge = (name, file) => file.size > (name.endsWith(".zip") ? words.mostInAll : words.most);
  const sent = () => [...chosen].filter(([name]) => ofList(name));
  const missing = () => (sent().some(([name]) => name.endsWith(".zip")) ? [] : words.needed.filter((name) => !chosen.has(name)));
  const total = () => sent().reduce((sum, [, file]) => sum + file.size, 0);

  function fault() {
    if (missing().length) return words.incomplete;
    if (!sent().length) return words.nothing;
    if (sent().length > words.mostFiles) return words.tooMany;
    if (total() > words.mostInAll || sent().some(([name, file]) => tooLarge(name, file))) return words.tooLarge;
    return "";
  }

  function state(name, file) {
    if (!ofList(name)) return [words.stray, false];
    return tooLarge(name, file) ? [words.large, true] : [`${size(file.size)} – ${words.ready}`, false];
  }

  function row(name, text, bad, key) {
    const item = make("li", {});
    item.append(make("b", { textContent: name }), make("span", { className: bad ? "bad" : "soft", textContent: text }));
    if (key) {
      const remove = make("button", { type: "button", textContent: words.remove });
      remove.setAttribute("aria-label", `${words.remove}: ${name}`);
      remove.addEventListener("click", () => {
        chosen.delete(key);
        show();
        input.focus();
      });
      item.append(remove);
    }
    return item;
  }

  function show() {
    const files = new DataTransfer();
    for (const [, file] of sent()) files.items.add(file);
    input.files = files.files;
    const lacking = chosen.size ? missing() : [];
    list.replaceChildren(
      ...[...chosen].map(([key, file]) => row(file.name, ...state(key, file), key)),
      ...lacking.map((name) => row(name, words.missing, true, "")),
    );
    list.hidden = !chosen.size;
    status.textContent = chosen.size ? fault() || words.complete : "";
  }

  function take(files) {
    if (sending) return;
    for (const file of files) chosen.set(file.name.toLowerCase(), file);
    show();
  }

  function busy(is) {
    sending = is;
    bar.hidden = !is;
    button.setAttribute("aria-disabled", String(is));
  }

  function send() {
    const request = new XMLHttpRequest();
    let told = -1;
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.addEventListener("progress", (event) => {
      const percent = Math.floor((100 * event.loaded) / event.total);
      bar.value = percent;
      if (percent - told < 20) return; // a screen reader is not to read out every step
      told = percent;
      status.textContent = `${words.sending} ${percent} %`;
    });
    request.upload.addEventListener("load", () => {
      if (!matchMedia("(prefers-reduced-motion: reduce)").matches) bar.removeAttribute("value");
      status.textContent = words.reading;
    });
    request.addEventListener("loadend", () => {
      busy(false);
      const page = request.response; // of a proxy, perhaps, or none
      if (page?.querySelector("main .message")) turnTo(page, Boolean(form.closest("details")));
      else status.textContent = words.cut;
    });
    busy(true);
    bar.value = 0;
    request.send(new FormData(form));
  }

  input.addEventListener("change", () => take(input.files));
  form.addEventListener("dropped", (event) => take(event.detail));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    const wrong = fault();
    if (!wrong) return send();
    status.textContent = wrong;
    list.focus();
  });
  if (chosen.size) show();
}

// The answers about columns are sent without leaving the page, so that what was chosen stays chosen.
function prepareColumns(form) {
  const status = form.appendChild(make("p", {}));
  status.setAttribute("role", "status");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.addEventListener("loadend", () => {
      const page = request.response;
      if (page?.querySelector("main .message")) turnTo(page, Boolean(form.closest("details")));
      else status.textContent = form.dataset.columns;
    });
    request.send(new URLSearchParams(new FormData(form)));
  });
}

function turnTo(page, english) {
  document.title = page.title;
  const main = document.adoptNode(page.querySelector("main"));
  document.querySelector("main").replaceWith(main);
  const inEnglish = main.querySelector("details");
  inEnglish.open = english;
  prepareAll();
  (english ? inEnglish : main).querySelector(".message").focus();
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function size(bytes) {
  return bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`;
}

function prepareAll() {
  document.querySelectorAll("form[data-words]").forEach(prepare);
  document.querySelectorAll("form[data-columns]").forEach(prepareColumns);
}

function dropsFiles(event) {
  return event.dataTransfer?.types.includes("Files");
}

function over(is) {
  document.body.classList.toggle("over", is);
}

document.addEventListener("dragover", (event) => {
  if (!dropsFiles(event)) return;
  event.preventDefault();
  over(true);
});
document.addEventListener("dragleave", (event) => over(event.relatedTarget !== null));
document.addEventListener("drop", (event) => {
  over(false);
  if (!dropsFiles(event)) return;
  event.preventDefault(); // else the browser leaves the page and opens the file
  const form = event.target.closest("details")?.querySelector("form") ?? document.querySelector("form[data-words]");
  form?.dispatchEvent(new CustomEvent("dropped", { detail: [...event.dataTransfer.files] }));
});
prepareAll();
