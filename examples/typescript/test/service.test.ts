// Against a running service, whatever its texts: ONRECORD_URL=http://localhost:8000 npm test

import assert from "node:assert/strict";
import { test } from "node:test";

import { Onrecord, OnrecordError, queryString } from "../src/client.js";
import { Offsets } from "../src/offsets.js";
import { said } from "../src/said.js";
import type { Item, Span } from "../src/shapes.js";

const base = process.env["ONRECORD_URL"];
const skip = base === undefined ? "ONRECORD_URL names no service" : false;
const onrecord = new Onrecord(base ?? "http://localhost:8000");

const POSTED = `🐟 The 𝒎𝒂𝒓𝒌𝒆𝒕 speaks

Minister Ada Example said that prices 📈 had doubled 📉 since spring.

“Nobody buys 🐟 anymore,” Example told reporters.
`;

function* spans(statement: Pick<Item<"statements">, "content" | "quotes" | "context" | "cue" | "mention">): Iterable<Span> {
  yield* [...statement.content, ...statement.quotes, statement.context];
  yield* [statement.cue, statement.mention].filter((span) => span !== null);
}

async function gathered<T>(several: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of several) {
    all.push(one);
  }
  return all;
}

test("following links.next visits every statement once", { skip }, async () => {
  const { total } = await onrecord.list("statements", { limit: 1 });
  const ids = await gathered(onrecord.all("statements", { limit: 7, fields: ["id"] }));
  assert.ok(total > 7);
  assert.equal(ids.length, total);
  assert.equal(new Set(ids.map(({ id }) => id)).size, total);
});

test("filters hold together, and facets count what they find", { skip }, async () => {
  const { facets } = await onrecord.list("statements", { facets: ["speaker"], limit: 1 });
  const speaker = facets?.speaker?.[0];
  assert.ok(speaker);
  const both = { speaker: [speaker.value], kind: ["direct", "mixed"] as ("direct" | "mixed")[] };
  const found = await gathered(onrecord.all("statements", both));
  assert.ok(found.length > 0 && found.length <= speaker.count);
  for (const statement of found) {
    assert.ok(statement.speakers.some(({ id }) => id === speaker.value));
    assert.ok(statement.quotes.length > 0);
  }
});

test("with fields, records have these members and the types know no others", { skip }, async () => {
  const { items } = await onrecord.list("statements", { fields: ["id", "speakers.name", "date.edtf"], limit: 5 });
  for (const item of items) {
    assert.deepEqual(Object.keys(item).sort(), ["date", "id", "speakers"]);
    assert.deepEqual(item.speakers.flatMap(Object.keys), item.speakers.map(() => "name"));
    const edtf: string | undefined = item.date?.edtf;
    assert.ok(edtf === undefined || /^\d{4}/.test(edtf));
    // @ts-expect-error `text` was not asked for
    assert.equal(item.text, undefined);
    // @ts-expect-error nor was the speakers' country
    assert.ok(item.speakers.every(({ country }) => country === undefined));
  }
});

test("what embed asks for comes along with fields", { skip }, async () => {
  const { items } = await onrecord.list("events", { fields: ["title"], embed: ["coverage"], limit: 3 });
  for (const { title, embedded } of items) {
    assert.ok(title.length > 0);
    assert.ok(embedded?.coverage !== undefined && embedded.coverage.length > 0);
  }
});

test("a parameter that does not exist compiles as little as it is answered", { skip }, async () => {
  // @ts-expect-error it is called speaker
  const asked = onrecord.list("statements", { speeker: ["kerry"] });
  await assert.rejects(asked, (error) => {
    assert.ok(error instanceof OnrecordError);
    assert.equal(error.problem.status, 400);
    assert.deepEqual(error.problem.errors.map((each) => each.did_you_mean), ["speaker"]);
    return true;
  });
});

test("spans of a posted text with emoji before and inside them are cut exactly", { skip }, async () => {
  const { statements } = await onrecord.extract(POSTED);
  const offsets = new Offsets(POSTED);
  assert.ok(statements.some(({ text }) => text.includes("📈")));
  assert.ok(statements.some(({ quotes }) => quotes.some(({ text }) => text.includes("🐟"))));
  for (const span of statements.flatMap((each) => [...spans(each)])) {
    assert.equal(offsets.slice(span), span.text);
    assert.notEqual(POSTED.slice(span.start, span.end), span.text);
  }
});

test("every span of every served text is cut exactly", { skip }, async () => {
  const sources = await gathered(onrecord.all("sources", { fields: ["id"] }));
  assert.ok(sources.length > 0);
  for (const { id } of sources) {
    const offsets = new Offsets(await onrecord.text(id));
    for await (const statement of onrecord.all("statements", { source: [id], limit: 100 })) {
      for (const span of spans(statement)) {
        assert.equal(offsets.slice(span), span.text);
      }
    }
  }
});

test("the program tells every statement, and what it did not understand", { skip }, async () => {
  const { items, total } = await onrecord.list("statements", { limit: 1, sort: "-date" });
  const [topic, speaker] = [items[0]?.topics[0], items[0]?.speakers[0]];
  assert.ok(base !== undefined && total > 0);
  const unknown = await gathered(said(base, "zzyzx quux", topic?.id ?? "sanctions"));
  assert.match(unknown[0] ?? "", /^no speaker is known as zzyzx quux; near it: /);
  assert.equal(unknown.at(-1), "0 statements");
  if (topic !== undefined && speaker !== undefined) {
    const lines = await gathered(said(base, speaker.id, topic.id));
    assert.equal(lines.at(-1), `${lines.length - 1} statements`);
    assert.ok(lines.length > 1);
  }
});

test("a value keeps its comma and its quotation marks", () => {
  const written = queryString({ place: ["Washington, D.C.", 'the "Hall"', "Oslo"], limit: 3, q: "a, b" });
  const read = new URLSearchParams(written);
  assert.deepEqual(read.getAll("place"), ['"Washington, D.C."', '"the ""Hall"""', "Oslo"]);
  assert.deepEqual([read.get("limit"), read.get("q")], ["3", "a, b"]);
  assert.equal(queryString({}), "");
});
