// node build/src/said.js http://localhost:8000 "Wang Yi" sanctions
// Everything that somebody said on a topic, whichever source reports it.

import { pathToFileURL } from "node:url";

import { Onrecord, OnrecordError } from "./client.js";

/** A line for each statement by `speaker` on `topic`, who may be given by id, name or alias; first what was not understood. */
export async function* said(base: string, speaker: string, topic: string): AsyncGenerator<string, void, undefined> {
  const pages = new Onrecord(base).pages("statements", {
    speaker: [speaker],
    topic: [topic],
    limit: 5,
    fields: ["text", "date.edtf", "speakers.name", "source"],
  });
  let told = 0;
  for await (const { items, total, hints } of pages) {
    if (told === 0) {
      for (const { param, value, near } of hints ?? []) {
        yield `no ${param} is known as ${value}; near it: ${near.map(({ name }) => name).join(", ") || "nothing"}`;
      }
    }
    for (const { text, date, speakers, source } of items) {
      const names = speakers.map(({ name }) => name).join(" and ");
      const paper = source.publisher?.name ?? source.title ?? source.id;
      yield `${date?.edtf ?? "undated"}  ${names}: ${text} (${paper})`;
      told += 1;
    }
    if (told === total) {
      yield `${total} statements`;
    }
  }
}

async function main([base, speaker, topic]: readonly string[]): Promise<void> {
  if (base === undefined || speaker === undefined || topic === undefined) {
    console.error("usage: node build/src/said.js URL SPEAKER TOPIC");
    process.exitCode = 2;
    return;
  }
  try {
    for await (const line of said(base, speaker, topic)) {
      console.log(line);
    }
  } catch (error) {
    if (!(error instanceof OnrecordError)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await main(process.argv.slice(2));
}
