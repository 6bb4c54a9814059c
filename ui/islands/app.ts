/** What every page loads: the palette, and the few things a plain page cannot do. */
import "./_intake";
import "./_keys";
import "./_palette";
import { passkeys } from "./_passkey";
import "./_spans";

passkeys();

/** `<details class="menu">` closes on Escape and on a click elsewhere. */
function closeMenus(except?: Node): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target as Node));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
});

/** `[data-opens="id"]` opens the dialog of that id; without script its link leads to the same form as a page. */
document.addEventListener("click", (event) => {
  const opener = (event.target as Element).closest<HTMLElement>("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens ?? "");
  if (!(dialog instanceof HTMLDialogElement)) return;
  event.preventDefault();
  dialog.showModal();
});

/** `[data-closes]` closes the dialog it stands in. */
document.addEventListener("click", (event) => {
  const closer = (event.target as Element).closest("[data-closes]");
  const dialog = closer?.closest("dialog");
  if (!dialog) return;
  event.preventDefault();
  dialog.close();
});

/** `input[data-checks="name"]` checks and clears every box of that name in its form. */
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || !box.dataset.checks || !box.form) return;
  for (const each of box.form.querySelectorAll<HTMLInputElement>(`input[name="${CSS.escape(box.dataset.checks)}"]`)) {
    if (each !== box) each.checked = box.checked;
  }
});

document.documentElement.dataset.script = "on";
