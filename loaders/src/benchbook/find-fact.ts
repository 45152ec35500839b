/** Shows only the facts whose id, or whose family’s question, contains the typed words. */
export function findFacts(input: HTMLInputElement): void {
  const found = document.querySelector("[data-found]");
  const families = Array.from(document.querySelectorAll<HTMLElement>(".facts section"), (section) => ({
    section,
    question: section.querySelector("h2")?.textContent?.toLowerCase() ?? "",
    rows: Array.from(section.querySelectorAll<HTMLTableRowElement>("tbody tr"))
  }));
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const {section, question, rows} of families) {
      const before = count;
      for (const row of rows) {
        row.hidden = !words.every((word) => row.id.includes(word) || question.includes(word));
        if (!row.hidden) count += 1;
      }
      section.hidden = count === before;
    }
    if (found) found.textContent = words.length === 0 ? "" : `${count} found`;
  });
  input.disabled = false;
}
