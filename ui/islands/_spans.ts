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
    for (const mark of this.querySelectorAll<HTMLElement>("mark[data-span-ids]")) {
      if (!mark.querySelector("a, .word")) mark.tabIndex = 0;
    }
    const words = this.#words();
    for (const word of words) word.tabIndex = word === words[0] ? 0 : -1;
    this.addEventListener("keydown", this.#walk);
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
    const word = (event.target as Element).closest<HTMLAnchorElement>("a.word, a.to-words");
    const there = word && document.getElementById(decodeURIComponent(word.hash.slice(1)));
    if (there?.matches("[data-span-ref]")) {
      event.preventDefault();
      there.focus({ preventScroll: true });
      there.scrollIntoView({ block: "nearest" });
    } else if (side) {
      if (word) event.preventDefault();
      this.#reveal(side.matches("mark") ? "[data-span-ref].is-lit" : "mark.is-lit");
    }
  };

  #words(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("mark[data-span-ids] > a.word")];
  }

  /** The marked words are one stop of Tab; the arrows that point along the line walk from one to the next. */
  #walk = (event: KeyboardEvent): void => {
    const word = (event.target as Element).closest<HTMLElement>("a.word");
    if (!word || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const onward = getComputedStyle(word).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const words = this.#words();
    const next = words[words.indexOf(word) + (event.key === onward ? 1 : -1)];
    event.preventDefault();
    if (!next) return;
    word.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };

  #light(side: Element | null): void {
    const wanted = new Set(side ? idsOf(side) : []);
    for (const each of this.querySelectorAll(SIDES)) {
      each.classList.toggle("is-lit", idsOf(each).some((id) => wanted.has(id)));
    }
  }

  /** Words come into view within their own pane where it scrolls, so that the field in hand stays where it is. */
  #reveal(selector: string): void {
    const found = this.querySelector<HTMLElement>(selector);
    const pane = found?.closest<HTMLElement>(".source-side");
    if (!found || !pane || pane.scrollHeight <= pane.clientHeight) {
      found?.scrollIntoView({ block: "nearest", inline: "nearest" });
      return;
    }
    const [inner, outer] = [found.getBoundingClientRect(), pane.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) {
      pane.scrollTop += inner.top - outer.top - pane.clientHeight / 3;
    }
  }
}

customElements.define("tq-spans", Spans);
