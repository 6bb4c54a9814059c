/**
 * Annotated text beside its draft. `<mark data-span-ids="s1 s2">` in the text and `[data-span-ref="s1"]` on a
 * field belong together: pointing at or focusing either lights both; a click on a field brings its words into view.
 */

const SIDES = "mark[data-span-ids], [data-span-ref]";

function idsOf(element: Element): string[] {
  const names = element.getAttribute("data-span-ids") ?? element.getAttribute("data-span-ref") ?? "";
  return names.split(/\s+/).filter(Boolean);
}

class Spans extends HTMLElement {
  #held: Element | null = null;

  connectedCallback(): void {
    for (const mark of this.querySelectorAll<HTMLElement>("mark[data-span-ids]")) mark.tabIndex = 0;
    this.addEventListener("pointerover", this.#point);
    this.addEventListener("pointerleave", this.#leave);
    this.addEventListener("focusin", this.#focus);
    this.addEventListener("focusout", this.#leave);
    this.addEventListener("click", this.#click);
  }

  #at(event: Event): Element | null {
    return (event.target as Element).closest(SIDES);
  }

  #point = (event: Event): void => this.#light(this.#at(event) ?? this.#held);

  #leave = (): void => {
    this.#held = this.contains(document.activeElement) ? (document.activeElement?.closest(SIDES) ?? null) : null;
    this.#light(this.#held);
  };

  #focus = (event: Event): void => {
    this.#held = this.#at(event);
    this.#light(this.#held);
    if (this.#held && !this.#held.matches("mark")) this.#reveal("mark.is-lit");
  };

  #click = (event: Event): void => {
    const side = this.#at(event);
    if (side) this.#reveal(side.matches("mark") ? "[data-span-ref].is-lit" : "mark.is-lit");
  };

  #light(side: Element | null): void {
    const wanted = new Set(side ? idsOf(side) : []);
    for (const each of this.querySelectorAll(SIDES)) {
      each.classList.toggle("is-lit", idsOf(each).some((id) => wanted.has(id)));
    }
  }

  #reveal(selector: string): void {
    this.querySelector(selector)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

customElements.define("tq-spans", Spans);
