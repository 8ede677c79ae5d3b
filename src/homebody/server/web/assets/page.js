// What only the browser can do: keep the appearance, set the values of its own fields, follow the conversation.
(() => {
  "use strict";
  const root = document.documentElement;

  // appearance: auto, light or dark; remembered here and nowhere else
  const LOOKS = ["auto", "light", "dark"];
  const kept = () => { try { return localStorage.getItem("homebody-look"); } catch { return null; } };
  const look = () => (LOOKS.includes(kept()) ? kept() : "auto");
  const apply = () => {
    root.dataset.look = look();
    for (const button of document.querySelectorAll("button.theme")) {
      button.setAttribute("aria-label", button.dataset[look()]);
      button.title = button.dataset[look()];
    }
  };
  apply();
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("button.theme")) return;
    const next = LOOKS[(LOOKS.indexOf(look()) + 1) % LOOKS.length];
    try { localStorage.setItem("homebody-look", next); } catch { root.dataset.look = next; }
    apply();
  });

  // an installed app says so itself when the home's computer is away
  if (isSecureContext && "serviceWorker" in navigator) {
    navigator.serviceWorker.register("/worker.js").catch(() => { /* a certificate that is not trusted */ });
  }

  // the tab is in the address, so that a reload comes back to it
  document.addEventListener("click", (event) => {
    const tab = event.target.closest?.("[data-tab]");
    if (tab) history.replaceState(null, "", "#" + tab.dataset.tab);
  });

  // values of sliders and lists, as the server told them, unless a hand is on them
  const held = new WeakSet();
  const set = (field) => {
    if (!held.has(field)) {
      field.value = field.dataset.value;
      tell(field, field.getAttribute("aria-valuetext"));
    }
    field.classList.toggle("unknown", field.dataset.value === "");
    fill(field);
  };
  const tell = (field, text) => {
    // the text node itself stays: it is the server's to change
    const output = field.parentElement?.querySelector("output")?.firstChild;
    if (output && text !== null && output.nodeValue !== text) output.nodeValue = text;
  };
  const fill = (field) => {
    if (field.type !== "range") return;
    const part = (field.value - field.min) / (field.max - field.min || 1);
    field.style.setProperty("--part", part);
  };
  document.addEventListener("pointerdown", (event) => {
    if (event.target.matches?.("[data-value]")) held.add(event.target);
  });
  for (const end of ["pointerup", "pointercancel", "change", "focusout"]) {
    document.addEventListener(end, (event) => held.delete(event.target), true);
  }
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches?.("input[type=range]")) return;
    held.add(field);
    fill(field);
    tell(field, (field.dataset.unit || "{}").replace("{}", field.value));
  });

  // the conversation keeps its end in sight while somebody is there
  const follow = () => {
    const scroll = document.getElementById("scroll");
    if (scroll) scroll.scrollTo({ top: scroll.scrollHeight });
  };
  let following = false;
  const soon = () => {
    if (following) return;
    following = true;
    requestAnimationFrame(() => { following = false; follow(); });
  };

  const watch = () => {
    new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type === "attributes") {
          set(change.target);
          continue;
        }
        if (change.target.id === "log" || change.target.closest?.(".entry:last-child > .answer, .entry:last-child")) {
          if (!change.target.closest?.(".how")) soon();
        }
        for (const node of change.addedNodes) {
          if (node.nodeType !== Node.ELEMENT_NODE) continue;
          if (node.matches("[data-value]")) set(node);
          for (const field of node.querySelectorAll("[data-value]")) set(field);
          if (node.matches("button.theme") || node.querySelector("button.theme")) apply();
        }
      }
    }).observe(document.body, {
      subtree: true, childList: true, attributes: true, attributeFilter: ["data-value", "data-again"],
    });
  };
  if (document.body) watch();
  else document.addEventListener("DOMContentLoaded", watch);
})();
