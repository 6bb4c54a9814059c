/**
 * The draft of a text by keyboard. An item in focus is accepted by Enter, rejected by Delete, corrected by F2;
 * arrows walk, N goes to the first that nobody looked at, Ctrl+Z takes back. No key is caught while somebody types,
 * save Enter and Escape in an item's own controls; Tab always goes on. Each step is kept at once by the form's own
 * address; where that fails, the form is sent as a whole.
 */

const ITEM = ".intake-item[data-address]";
const TYPING = "input:not([type=checkbox]), textarea, select";
const form = document.querySelector<HTMLFormElement>("form#draft");
const tail: { last: Promise<void> } = { last: Promise.resolve() };

function items(): HTMLElement[] {
  return [...(form?.querySelectorAll<HTMLElement>(ITEM) ?? [])];
}

function goto(item: HTMLElement | undefined): void {
  item?.focus({ preventScroll: true });
  item?.scrollIntoView({ block: "nearest" });
}

function beside(item: HTMLElement, step: number): HTMLElement | undefined {
  const all = items();
  return all[all.indexOf(item) + step];
}

/** Puts what the node answers in the place of what stands there; returns the items that changed. */
function put(answer: string): HTMLElement[] {
  const made = new DOMParser().parseFromString(answer, "text/html");
  const bar = made.getElementById("intake-progress");
  if (bar) document.getElementById("intake-progress")?.replaceWith(bar);
  return [...made.querySelectorAll<HTMLElement>(ITEM)].map((each) => {
    document.getElementById(each.id)?.replaceWith(each);
    return each;
  });
}

async function send(said: [string, string][], then: (changed: HTMLElement[]) => void): Promise<void> {
  if (!form) return;
  const body = new URLSearchParams([["_csrf", form.querySelector<HTMLInputElement>("[name=_csrf]")?.value ?? ""], ...said]);
  const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
  if (answer.ok && !answer.redirected) {
    then(put(await answer.text()));
    return;
  }
  for (const [name, value] of said.filter(([n]) => ["verdict", "only", "do"].includes(n))) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(field);
  }
  form.submit();
}

/** Steps follow one another: a key pressed while one is on its way waits for it. */
function step(said: [string, string][], then: (changed: HTMLElement[]) => void): void {
  tail.last = tail.last.then(() => send(said, then)).catch(() => form?.requestSubmit());
}

function judge(item: HTMLElement, verdict: string, onward: boolean): void {
  const address = item.dataset.address ?? "";
  const next = onward ? beside(item, 1) : undefined;
  step([["verdict", `${address}=${verdict}`]], ([changed]) => goto(next ?? changed));
  if (next) goto(next);
}

function keep(item: HTMLElement): void {
  const own = [...item.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>("[name]")];
  const said = own.filter((c) => c.matches(TYPING)).map((c): [string, string] => [c.name, c.value]);
  const why = form?.querySelector<HTMLInputElement>("[name=why]")?.value ?? "";
  step([["only", item.dataset.address ?? ""], ["why", why], ...said], ([changed]) => goto(changed));
}

function correct(item: HTMLElement): void {
  const details = item.querySelector<HTMLDetailsElement>("details");
  if (details) details.open = true;
  (item.querySelector<HTMLElement>(`details .sub :is(${TYPING})`) ?? item.querySelector<HTMLElement>(TYPING))?.focus();
}

function undo(): void {
  step([["do", "undo"]], ([changed]) => goto(changed));
}

/** The letter that is meant: by what it writes, or by its place where the layout writes no Latin letter. */
function letter(event: KeyboardEvent): string {
  return /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : (event.code.match(/^Key([A-Z])$/)?.[1] ?? "").toLowerCase();
}

function onItem(event: KeyboardEvent, item: HTMLElement): (() => void) | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return undefined;
  if (letter(event) === "n" && event.key.length === 1) return () => goto(items().find((i) => i.dataset.outcome === "proposed"));
  const acts: Record<string, () => void> = {
    ArrowDown: () => goto(beside(item, 1)),
    ArrowUp: () => goto(beside(item, -1)),
    Enter: () => judge(item, item.dataset.outcome === "proposed" ? "accepted" : "proposed", item.dataset.outcome === "proposed"),
    Delete: () => judge(item, "rejected", true),
    Backspace: () => judge(item, "rejected", true),
    F2: () => correct(item),
  };
  return acts[event.key];
}

function inControl(event: KeyboardEvent, item: HTMLElement): (() => void) | undefined {
  const target = event.target as HTMLElement;
  if (event.key === "Escape") {
    return () => {
      target.closest("details")?.removeAttribute("open");
      goto(item);
    };
  }
  const many = target.matches("textarea") && !event.ctrlKey && !event.metaKey;
  return event.key === "Enter" && !event.isComposing && !many && target.closest("details") ? () => keep(item) : undefined;
}

function pressed(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  const typing = target.matches(TYPING);
  const item = target.closest<HTMLElement>(ITEM);
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && letter(event) === "z" && !typing) {
    event.preventDefault();
    undo();
    return;
  }
  if (!item) return;
  const act = typing ? inControl(event, item) : target === item ? onItem(event, item) : undefined;
  if (!act) return;
  event.preventDefault();
  act();
}

function clicked(event: Event): void {
  const button = (event.target as Element).closest<HTMLButtonElement>("button[name=verdict], button[name=only], button[value=undo]");
  const item = button?.closest<HTMLElement>(ITEM);
  if (!button) return;
  event.preventDefault();
  if (button.value === "undo") undo();
  else if (item && button.name === "only") keep(item);
  else if (item) judge(item, button.value.slice(button.value.indexOf("=") + 1), false);
}

if (form?.querySelector("#intake-progress")) {
  form.addEventListener("keydown", pressed);
  form.addEventListener("click", clicked);
}

export {};
