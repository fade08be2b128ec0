// For those who have scripts: tables are sorted, a figure's panel closes to where it was opened, and on a
// telephone the contents are folded, so that a document begins with its title.
// Without them every table is complete and ordered, the panel's link leads back, and the contents are open.
(() => {
  const contents = document.querySelector(".contents details");
  if (contents && matchMedia("(max-width: 47.99rem)").matches) contents.open = false;

  const isPanel = () => document.querySelector(".origin:target") !== null;
  let opened = false;
  document.addEventListener("click", (event) => {
    if (event.target.closest("a.fact")) opened = true;
    else if (opened && isPanel() && event.target.closest("a.origin-close")) {
      event.preventDefault();
      history.back();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isPanel()) document.querySelector(".origin:target .origin-close").click();
  });

  const comma = document.documentElement.lang === "id";
  const scales = [[/triliun|trillion/, 1e12], [/miliar|billion/, 1e9], [/juta|million/, 1e6]];
  const number = (text) => {
    const scale = (scales.find(([word]) => word.test(text)) ?? [null, 1])[1];
    const digits = text.replace(/[^\d.,\u2212-]/g, "").replace("\u2212", "-");
    const plain = comma ? digits.replace(/\./g, "").replace(",", ".") : digits.replace(/,/g, "");
    return plain === "" || plain === "-" ? NaN : Number(plain) * scale;
  };
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const compare = (first, second, numeric) => {
    if (!numeric) return order(first, second);
    const [a, b] = [number(first), number(second)];
    return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : Number.isNaN(b) ? 1 : a - b;
  };
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = table.dataset.sortable.replace("%s", head.textContent);
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const numeric = head.classList.contains("right");
        const text = (row) => row.cells[column].textContent.trim();
        const rows = [...body.rows].sort((a, b) => compare(text(a), text(b), numeric) * (down ? -1 : 1));
        body.append(...rows);
      });
    });
  }
})();
