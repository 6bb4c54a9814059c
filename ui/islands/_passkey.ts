// Forms that a passkey answers: the device makes or shows a key, its answer goes into the form, the form is sent.
export function passkeys(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.addEventListener("submit", (event) => {
      const field = form.elements.namedItem("credential") as HTMLInputElement;
      if (field.value !== "") return;
      event.preventDefault();
      void answered(form).then((credential) => {
        field.value = credential;
        form.submit();
      });
    });
  }
}

async function answered(form: HTMLFormElement): Promise<string> {
  const options = JSON.parse(form.dataset["options"] ?? "{}");
  try {
    const held =
      form.dataset["passkey"] === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    return JSON.stringify((held as PublicKeyCredential).toJSON());
  } catch {
    return "{}"; // the device refused or knows no key: the node says so in words
  }
}
