/**
 * Keys of the desk: j and k walk the rows of a list, / goes to the search. They are silent while someone types, and every act they reach is a link or a button of the page.
 */

const TYPING = "input, textarea, select, [contenteditable], dialog[open], .maplibregl-canvas";

function rows(): HTMLAnchorElement[] {
  const lists = [...document.querySelectorAll<HTMLTableElement>("main .table-scroll table")];
  const current = document.activeElement?.closest("table");
  const list = lists.find((table) => table === current) ?? lists[0];
  return [...(list?.querySelectorAll<HTMLAnchorElement>("tbody tr td a[href]:first-of-type") ?? [])].filter(
    (link, index, all) => link.closest("tr") !== all[index - 1]?.closest("tr"),
  );
}

function walk(step: number): void {
  const links = rows();
  const at = links.findIndex((link) => link.closest("tr")?.contains(document.activeElement));
  const next = links[at === -1 ? (step > 0 ? 0 : links.length - 1) : at + step];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || (event.target as Element).closest(TYPING)) return;
  const act: Record<string, () => void> = {
    j: () => walk(1),
    k: () => walk(-1),
    "/": () => document.querySelector<HTMLInputElement>("form[role=search] input[type=search]")?.focus(),
  };
  // By place on the keyboard while an Arabic layout is on: its letters stand where j and k do.
  const place = /[\u0600-\u06ff]/.test(event.key) ? { KeyJ: "j", KeyK: "k", Slash: "/" }[event.code] : event.key;
  const found = act[place ?? ""];
  if (!found || event.shiftKey) return;
  event.preventDefault();
  found();
});
