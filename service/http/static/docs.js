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

// Swagger UI fills its forms with every example and default at once, which together find nothing or are refused. They
// are told in words instead, so that the forms start empty.
const tell = (parameter, words, value) => {
  const told = `${words}: ${[value].flat().join(",")}`;
  if (!parameter.description.includes(told)) {
    parameter.description += ` ${told}`;
  }
};

const emptied = (description) => {
  const operations = Object.values(description.paths).flatMap(Object.values);
  const declared = [...Object.values(description.components.parameters), ...operations.flatMap((each) => each.parameters)];
  for (const parameter of declared.filter((each) => each.in === "query")) {
    if (parameter.example !== undefined) {
      tell(parameter, "For example", parameter.example);
      delete parameter.example;
    }
    if (parameter.schema.default !== undefined) {
      tell(parameter, "Unless given", parameter.schema.default);
      delete parameter.schema.default;
    }
  }
  return description;
};

const start = async () => {
  const description = await (await fetch("/openapi.json")).json();
  window.SwaggerUIBundle({
    spec: emptied(description),
    dom_id: "#swagger-ui",
    layout: "BaseLayout",
    presets: [window.SwaggerUIBundle.presets.apis],
    validatorUrl: "none", // else it would ask a service elsewhere
    docExpansion: "none",
    defaultModelsExpandDepth: -1,
    displayRequestDuration: true,
    tryItOutEnabled: true,
  });
};

start();
