// Lets a reader sort, filter and narrow a table and take away what is left. Without this script every table stands
// complete. Text from records is only ever set as text. What is chosen becomes part of the address: #studies.q=knee
(() => {
  "use strict";
  const ENOUGH_ROWS = 5; // fewer need no filter
  const phone = matchMedia("(max-width: 44.99em)");
  const alphabet = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const labelled = (label, control, className = "") => make("label", { className }, `${label} `, control);

  // The values of a cell as plain text, without the marks that lead to its sources and the line they are folded behind.
  const values = (cell, without = ".lr-source") =>
    [...(cell.querySelector("li") ? cell.querySelectorAll("li") : [cell])].map((part) => {
      const copy = part.cloneNode(true);
      copy.querySelectorAll(`${without}, summary`).forEach((mark) => mark.remove());
      copy.querySelectorAll("br").forEach((line) => line.replaceWith(" "));
      return copy.textContent.replace(/\s+/g, " ").trim();
    });
  const bare = (cell) => values(cell, ".lr-source, .lr-note, .lr-badge");
  const sortKey = (cell) => cell.dataset.sort ?? (cell.querySelector(".lr-missing") ? "" : bare(cell).join(" "));
  const compare = (a, b) => (a - b || 0) || alphabet.compare(a, b); // a - b is NaN unless both are numbers

  // A spreadsheet must not run a cell as a formula; a negative number stays one. As in the downloads of whole tables.
  const csv = (text) => {
    const safe = /^[=+\-@＝＋－＠]/.test(text) && !/^-\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
    return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };

  const enhance = (table) => {
    const { id, tBodies: [body], dataset: { table: name } } = table;
    const rows = [...body.rows];
    const columns = [...table.tHead.rows[0].cells].map((head, index) => ({
      head, index, key: head.dataset.key, label: head.textContent.trim(), facet: "facet" in head.dataset,
    }));
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const shown = (cell) => !cell.classList.contains("lr-off");
    let chosen = {}; // q, sort, hide and one is-KEY per facet
    let sorted = "";
    let saving;

    const choose = (key, value) => {
      chosen = { ...chosen, [key]: value };
      apply();
      clearTimeout(saving);
      saving = setTimeout(save, 200); // browsers refuse an address that changes at every key press
    };
    const save = () => {
      const all = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
      [...all.keys()].filter((key) => key.startsWith(`${name}.`)).forEach((key) => all.delete(key));
      Object.entries(chosen).forEach(([key, value]) => value && all.set(`${name}.${key}`, value));
      const address = all.toString() ? `#${all}` : location.href.split("#")[0];
      if (all.toString() || location.hash.includes("=")) history.replaceState(history.state, "", address);
    };
    const load = () => {
      const own = [...new URLSearchParams(location.hash.slice(1))].filter(([key]) => key.startsWith(`${name}.`));
      chosen = Object.fromEntries(own.map(([key, value]) => [key.slice(name.length + 1), value]));
      apply();
      return own.length > 0;
    };

    const find = make("input", { type: "search", oninput: () => choose("q", find.value) });
    const choice = (key, first, options) => {
      const select = make("select", { onchange: () => choose(key, select.value) }, new Option(first, ""));
      select.append(...options.map(([label, value]) => new Option(label, value)));
      return select;
    };
    const facets = columns.filter(({ facet }) => facet).map(({ index, key, label }) => {
      const found = [...new Set(rows.flatMap((row) => bare(row.cells[index])))].sort(alphabet.compare);
      return { index, label, key: `is-${key}`, select: choice(`is-${key}`, "all", found.map((one) => [one, one])) };
    });
    const sorting = choice("sort", "as listed",
      columns.flatMap(({ key, label }) => [[`${label}, ascending`, key], [`${label}, descending`, `-${key}`]]));
    const boxes = columns.slice(1).map(({ key, label }) => {
      const hidden = () => boxes.filter((one) => !one.box.checked).map((one) => one.key).join(" ");
      return { key, label, box: make("input", { type: "checkbox", onchange: () => choose("hide", hidden()) }) };
    });
    const count = make("output", { ariaLive: "polite" });

    const apply = () => {
      const words = (chosen.q ?? "").toLowerCase().split(/\s+/);
      const wanted = facets.filter(({ key }) => chosen[key]);
      const fits = rows.map((row, index) => words.every((word) => texts[index].includes(word))
        && wanted.every((facet) => bare(row.cells[facet.index]).includes(chosen[facet.key])));
      rows.forEach((row, index) => row.classList.toggle("lr-off", !fits[index]));
      const n = fits.filter(Boolean).length;
      count.value = n === rows.length ? `${n} rows` : `${n} of ${rows.length} rows`;

      const [, sign, by] = /^(-?)(.*)$/.exec(chosen.sort ?? "");
      const column = columns.find(({ key }) => key === by);
      if (sorted !== sign + by) {
        const keyed = rows.map((row) => [column ? sortKey(row.cells[column.index]) : "", row]);
        keyed.sort(([a], [b]) => (a === "") - (b === "") || (sign ? compare(b, a) : compare(a, b)));
        body.append(...keyed.map(([, row]) => row));
        sorted = sign + by;
      }
      const hidden = (chosen.hide ?? "").split(" ");
      columns.forEach(({ head, index, key }) => {
        head.setAttribute("aria-sort", key !== column?.key ? "none" : sign ? "descending" : "ascending");
        const off = index > 0 && hidden.includes(key);
        if (off === shown(head)) {
          [head, ...rows.map((row) => row.cells[index])].forEach((cell) => cell.classList.toggle("lr-off", off));
        }
      });
      if (find.value !== (chosen.q ?? "")) find.value = chosen.q ?? "";
      facets.forEach(({ key, select }) => { select.value = chosen[key] ?? ""; });
      boxes.forEach(({ key, box }) => { box.checked = !hidden.includes(key); });
      sorting.value = sorted;
    };

    const download = () => {
      const kept = columns.filter(({ head }) => shown(head));
      const lines = [...body.rows].filter(shown).map((row) => kept.map(({ index }) => values(row.cells[index]).join("; ")));
      const text = [kept.map(({ label }) => label), ...lines].map((line) => `${line.map(csv).join(",")}\r\n`).join("");
      const href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
      const link = make("a", { download: `${name}-filtered.csv`, href });
      link.click();
      setTimeout(() => URL.revokeObjectURL(href), 1000);
    };

    columns.forEach(({ head, key, label }) => {
      const turn = () => choose("sort", { [key]: `-${key}`, [`-${key}`]: "" }[chosen.sort] ?? key);
      head.replaceChildren(make("button", { type: "button", onclick: turn }, label));
    });
    if (rows.length >= ENOUGH_ROWS) {
      const tools = make("details", { className: "lr-tools", open: !phone.matches },
        make("summary", {}, "Sort, filter, download"),
        labelled("Find in table", find), ...facets.map(({ label, select }) => labelled(label, select)),
        labelled("Sort by", sorting, "lr-tools__sort"),
        make("details", {}, make("summary", {}, "Columns"),
          make("div", {}, ...boxes.map(({ label, box }) => make("label", {}, box, ` ${label}`)))),
        make("button", { type: "button", onclick: download }, "Download these rows (CSV)"), count);
      tools.setAttribute("aria-label", `Tools for: ${table.caption?.textContent ?? id}`);
      phone.addEventListener("change", () => { tools.open = !phone.matches; });
      table.closest(".lr-table").before(tools);
      addEventListener("hashchange", load);
    }
    if (load()) table.closest(".lr-table").scrollIntoView();
  };

  // A region can be reached with the keyboard only while there is something in it to scroll.
  const regions = new ResizeObserver((changes) => changes.forEach(({ target }) => {
    const region = target.closest(".lr-table");
    const scrolls = region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight;
    if (scrolls) region.tabIndex = 0;
    else region.removeAttribute("tabindex");
  }));

  const start = () => {
    document.querySelectorAll(".lr-table, .lr-table table").forEach((one) => regions.observe(one));
    document.querySelectorAll("table[data-table]:not([data-ready])").forEach((table) => {
      table.dataset.ready = "";
      enhance(table);
    });
  };
  if (window.document$) window.document$.subscribe(start); // the theme says when a page is there, also after it changed
  else if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
