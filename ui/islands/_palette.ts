/** Ctrl-K: every link of the page's navigation, found by typing. Words come from attributes of `<tq-palette>`. */

interface Entry {
  readonly words: string;
  readonly href: string;
  readonly hint: string;
}

/** Fold case, diacritics, Arabic vowel signs and the common letter variants, so that typing is forgiving. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه")
    .toLowerCase();
}

/** K by its letter, or by its place while an Arabic layout is on. */
function isK(event: KeyboardEvent): boolean {
  return event.key.toLowerCase() === "k" || (event.code === "KeyK" && /[\u0600-\u06ff]/.test(event.key));
}

class Palette extends HTMLElement {
  #dialog = document.createElement("dialog");
  #input = document.createElement("input");
  #list = document.createElement("ul");
  #entries: Entry[] = [];
  #at = 0;

  connectedCallback(): void {
    this.#dialog.className = "palette";
    this.#dialog.setAttribute("aria-label", this.getAttribute("label") ?? "");
    this.#input.type = "search";
    this.#input.placeholder = this.getAttribute("label") ?? "";
    this.#input.setAttribute("role", "combobox");
    this.#input.setAttribute("aria-expanded", "true");
    this.#input.setAttribute("aria-controls", "palette-list");
    this.#list.id = "palette-list";
    this.#list.setAttribute("role", "listbox");
    const keys = document.createElement("p");
    keys.className = "quiet keys";
    keys.textContent = this.getAttribute("keys");
    this.#dialog.append(this.#input, this.#list, keys);
    this.append(this.#dialog);
    this.#input.addEventListener("input", () => this.#show());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("keydown", this.#open);
    document.addEventListener("click", this.#open);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#open);
    document.removeEventListener("click", this.#open);
  }

  #open = (event: Event): void => {
    const byKey = event instanceof KeyboardEvent && (event.ctrlKey || event.metaKey) && isK(event);
    const byButton = event.type === "click" && (event.target as Element).closest("[data-palette]");
    if (!byKey && !byButton) return;
    event.preventDefault();
    const links = document.querySelectorAll<HTMLAnchorElement>("nav a[href], a[data-command]");
    this.#entries = [...links].map((link) => ({
      words: (link.dataset.command || link.querySelector(".says")?.textContent || link.textContent || "").trim(),
      href: link.href,
      hint: link.closest("nav")?.getAttribute("aria-label") ?? "",
    }));
    this.#input.value = "";
    this.#show();
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#input.focus();
  };

  #show(): void {
    const wanted = fold(this.#input.value).split(/\s+/).filter(Boolean);
    const found = this.#entries.filter((entry) => wanted.every((word) => fold(entry.words).includes(word)));
    this.#at = 0;
    this.#list.replaceChildren(...found.map((entry, index) => this.#item(entry, index)));
    if (found.length) return;
    const none = document.createElement("li");
    none.className = "none";
    none.textContent = this.getAttribute("none") ?? "";
    this.#list.append(none);
  }

  #item(entry: Entry, index: number): HTMLLIElement {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const hint = document.createElement("small");
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(index === this.#at));
    link.href = entry.href;
    link.textContent = entry.words;
    hint.className = "quiet";
    hint.textContent = entry.hint;
    link.append(hint);
    item.append(link);
    return item;
  }

  #key(event: KeyboardEvent): void {
    const items = [...this.#list.querySelectorAll<HTMLLIElement>("li[role=option]")];
    if (!items.length) return;
    if (event.key === "Enter") {
      event.preventDefault();
      items[this.#at]?.querySelector("a")?.click();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.#at = (this.#at + step + items.length) % items.length;
    items.forEach((item, index) => item.setAttribute("aria-selected", String(index === this.#at)));
    items[this.#at]?.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("tq-palette", Palette);
