// Search over the list that the page already holds; without scripts the list is whole and the box stays hidden.
(() => {
  const box = document.querySelector(".search");
  const field = box.querySelector("input");
  const status = box.querySelector(".search-status");
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const editions = [...document.querySelectorAll(".edition-entry")].map((edition) => ({
    edition,
    text: fold(edition.dataset.text),
    items: [...edition.querySelectorAll("li[data-text]")].map((item) => ({ item, text: fold(item.dataset.text) })),
  }));
  const search = () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { edition, text, items } of editions) {
      let here = 0;
      for (const { item, text: own } of items) {
        const fits = words.every((word) => own.includes(word) || text.includes(word));
        item.hidden = !fits;
        here += fits;
      }
      edition.hidden = here === 0;
      found += here;
    }
    for (const group of document.querySelectorAll(".office-group")) {
      group.hidden = !group.querySelector(".edition-entry:not([hidden])");
    }
    status.textContent = words.length === 0 ? "" : found === 0 ? box.dataset.nothing : box.dataset.found.replace("%s", found);
  };
  box.hidden = editions.length === 0;
  field.addEventListener("input", search);
  search();
})();
