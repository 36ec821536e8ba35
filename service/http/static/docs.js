// The page reads well without this script. With it, commands name the host that the page came from, and Swagger UI
// offers forms to try the operations.
"use strict";

for (const code of document.querySelectorAll("pre code")) {
  code.textContent = code.textContent.replaceAll("localhost:8000", window.location.origin);
}

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

window.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  layout: "BaseLayout",
  presets: [window.SwaggerUIBundle.presets.apis],
  validatorUrl: "none", // else it would ask a service elsewhere
  docExpansion: "none",
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  tryItOutEnabled: true,
});
