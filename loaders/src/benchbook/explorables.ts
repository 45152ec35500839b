// Interactive figures. The page holds a drawing of each in its first state. When it comes into view, its script loads
// and replaces the drawing by inputs and a drawing that follows them.

import {modules} from "./explorable-modules.js";

export interface Explorable {
  /** Draws into its element from the data that the build checked and put there. */
  mount(element: HTMLElement, data: unknown): void;
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const {isIntersecting, target} of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      observer.unobserve(target);
      void mount(target);
    }
  },
  {rootMargin: "200px"}
);

async function mount(element: HTMLElement): Promise<void> {
  const load = new Map(Object.entries(modules)).get(element.dataset.explorable ?? "");
  if (!load) return;
  const data: unknown = JSON.parse(element.querySelector("script")?.textContent ?? "null");
  const {mount: draw} = await load();
  for (const part of element.querySelectorAll(".needs-script, .start")) part.remove();
  draw(element, data);
}

for (const element of document.querySelectorAll<HTMLElement>("[data-explorable]")) observer.observe(element);
