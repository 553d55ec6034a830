// Narrows the page of changes to the days between two: ?since=2026-01-31, or ?from=2026-01-01&to=2026-01-31. Without this
// script the latest months stand there in full. The day of the last visit is kept in this browser and sent nowhere.
(() => {
  "use strict";
  const DAY = /^\d{4}-\d{2}-\d{2}$/;
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // Returns the day of the visit before today's; a browser that keeps nothing gives an empty text.
  const lastVisit = (today) => {
    const key = `last-visit:${location.pathname}`;
    try {
      const [last = "", before = ""] = (localStorage.getItem(key) ?? "").split(" ").filter((one) => DAY.test(one));
      const earlier = last === today ? before : last;
      localStorage.setItem(key, `${today} ${earlier}`.trim());
      return earlier;
    } catch {
      return "";
    }
  };

  const enhance = (place) => {
    const today = new Date().toISOString().slice(0, 10);
    const older = [...document.querySelectorAll("[data-older]")];
    const months = document.querySelector("#month-by-month");
    const headings = () => [...document.querySelectorAll("h2[id^='month-']")].filter((one) => one !== months);
    let reading = Promise.resolve(); // older months, read when they are first asked for
    let latest = 0;

    const asked = (name) => {
      const value = new URLSearchParams(location.search).get(name) ?? "";
      return DAY.test(value) ? value : "";
    };
    const input = (value) => make("input", { type: "date", value, onchange: () => choose(from.value, to.value) });
    const [from, to] = [input(asked("from") || asked("since")), input(asked("to"))];
    const count = make("output", { ariaLive: "polite" });

    // A month that does not stand on this page is fetched from its own; its links are those of that page.
    const fetchMonth = async (listed) => {
      const { href } = listed.querySelector("a");
      const answer = await fetch(href);
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const sections = [...page.querySelectorAll(".lr-changes")].map((one) => document.importNode(one, true));
      sections.forEach((one) => one.querySelectorAll("a").forEach((link) => {
        link.href = new URL(link.getAttribute("href"), href).href;
      }));
      sections.forEach((one) => one.querySelectorAll("h2").forEach((part) => {
        part.replaceWith(make("h3", {}, ...part.childNodes)); // there it stands below the page's title, here below the month
      }));
      const head = make("h2", { id: `month-${listed.dataset.older}` }, listed.querySelector("a").textContent);
      (headings().find(({ id }) => id < head.id) ?? months).before(head, ...sections);
      delete listed.dataset.older;
    };
    const readOlder = async () => {
      for (const listed of older) {
        const month = listed.dataset.older;
        const inside = month >= from.value.slice(0, 7) && (!to.value || month <= to.value.slice(0, 7));
        if (month && inside && (from.value || to.value)) await fetchMonth(listed);
      }
    };

    const apply = async () => {
      const turn = ++latest;
      const [first, last] = [from.value, to.value || "9999"];
      let missing = "";
      reading = reading.then(readOlder).catch(() => { missing = " Older months could not be read here; open them below."; });
      await reading;
      if (turn !== latest) return;
      const all = [...document.querySelectorAll(".lr-changes li[data-on]")];
      const fits = all.filter(({ dataset: { on } }) => on >= first && on <= last);
      all.forEach((one) => one.classList.toggle("lr-off", !fits.includes(one)));
      document.querySelectorAll(".lr-changes").forEach((one) => {
        one.classList.toggle("lr-off", !one.querySelector("li:not(.lr-off)"));
      });
      headings().forEach((one) => {
        one.classList.toggle("lr-off", !document.querySelector(`[data-month="${one.id.slice(6)}"]:not(.lr-off)`));
      });
      const span = [first && `from ${first}`, to.value && `to ${to.value}`].filter(Boolean).join(" ");
      const n = fits.length === 1 ? "1 change" : `${fits.length || "No"} changes`;
      count.value = (span ? `${n} ${span}.` : "") + missing;
    };
    const choose = (first, last) => {
      [from.value, to.value] = [first, last];
      const query = new URLSearchParams(Object.entries({ from: first, to: last }).filter(([, day]) => day)).toString();
      history.replaceState(history.state, "", location.pathname + (query && `?${query}`) + location.hash);
      apply();
    };

    const button = (text, onclick) => make("button", { type: "button", onclick }, text);
    const visit = lastVisit(today);
    if (visit) {
      const n = [...document.querySelectorAll(".lr-changes li[data-on]")].filter((one) => one.dataset.on >= visit).length;
      const what = `New since your last visit on ${visit}`;
      place.append(n ? make("p", {}, button(what, () => choose(visit, "")), " Only this browser remembers the day.")
        : make("p", {}, `Nothing is new since your last visit on ${visit}; only this browser remembers the day.`));
    }
    place.append(make("label", {}, "From ", from), make("label", {}, "To ", to),
      button("Clear the dates", () => choose("", "")), count);
    place.hidden = false;
    if (from.value || to.value) apply();
  };

  const start = () => document.querySelectorAll(".lr-since:not([data-ready])").forEach((place) => {
    place.dataset.ready = "";
    enhance(place);
  });
  if (window.document$) window.document$.subscribe(start); // the theme says when a page is there, also after it changed
  else if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
