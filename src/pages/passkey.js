// Makes and uses passkeys on the pages that offer them, for people and for officials. All else works without it. It asks
// nothing of the browser but the passkey itself, and sends it to this register alone (W3C WebAuthn Level 3). A form says
// below which path of the API it works, and where the page goes on to.
"use strict";
(() => {
  const toBytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

  class Refusal extends Error {}

  async function post(path, body) {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
    });
    const content = await answer.json();
    if (!answer.ok) throw new Refusal(content.detail);
    return content;
  }

  const withBytes = (list) => list.map((one) => ({ ...one, id: toBytes(one.id) }));

  async function showPasskey(api, again) {
    const { options } = await post(`${api}/sessions/passkey-options`, {});
    const used = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        allowCredentials: withBytes(options.allowCredentials),
      },
    });
    const { clientDataJSON, authenticatorData, signature, userHandle } = used.response;
    await post(`${api}/sessions`, {
      ...(again ? { again } : {}),
      passkey: {
        id: used.id,
        rawId: toText(used.rawId),
        type: used.type,
        response: {
          clientDataJSON: toText(clientDataJSON),
          authenticatorData: toText(authenticatorData),
          signature: toText(signature),
          userHandle: userHandle ? toText(userHandle) : null,
        },
      },
    });
  }

  async function signIn({ dataset }) {
    await showPasskey(dataset.api, false);
    location.assign(dataset.next);
  }

  // Above a form that takes a fresh sign-in, as the same person: what is typed in it stays.
  async function signInAgain(form) {
    await showPasskey(form.dataset.api, true);
    form.querySelector("[role=status]").textContent = "Signed in. You can send the form now.";
    form.querySelector("button").hidden = true;
  }

  async function add({ dataset, elements }) {
    const name = elements.name.value;
    const { options } = await post(`${dataset.api}/passkeys/options`, { name });
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: withBytes(options.excludeCredentials),
      },
    });
    const { clientDataJSON, attestationObject } = made.response;
    await post(`${dataset.api}/passkeys`, {
      name,
      credential: {
        id: made.id,
        rawId: toText(made.rawId),
        type: made.type,
        response: { clientDataJSON: toText(clientDataJSON), attestationObject: toText(attestationObject) },
      },
    });
    location.assign(dataset.next);
  }

  // What a browser says of a passkey that came to nothing is for programmers; these are its reasons.
  const reasons = {
    InvalidStateError: "This device has a passkey of yours already. It stands in the list.",
    NotAllowedError: "No passkey was used: it was cancelled, took too long, or this device has none for you. Try again.",
    SecurityError: "Passkeys do not work at this address. Open the register by its name.",
  };

  function wire(form, work) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      const message = form.querySelector("[role=alert]");
      message.textContent = "";
      button.disabled = true;
      try {
        await work(form);
      } catch (failure) {
        message.textContent = failure instanceof Refusal
          ? failure.message
          : reasons[failure.name] || "This did not work. Check your connection and try again.";
        button.disabled = false;
        button.focus();
      }
    });
  }

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    wire(form, { "sign-in": signIn, again: signInAgain, add }[form.dataset.passkey]);
    form.hidden = false;
    document.querySelectorAll("[data-without-passkeys]").forEach((words) => words.remove());
  }
})();
