import assert from "node:assert/strict";
import { test } from "node:test";

import { Offsets } from "../src/offsets.js";

/** Texts in which code points and units part: emoji alone and joined, flags, old scripts, marks, half a pair, line ends. */
const TEXTS = [
  "",
  "no wide character",
  "🐟",
  "🐟 before, 📈 inside 📉 and at the end 🐟",
  "👩‍👩‍👧 joined, 🇳🇴 a flag, 👍🏽 a shade, ❤️ a narrow one",
  "𐎠𐎡𐎢 𝒎𝒂𝒕𝒉 é é \r\n\t\uFEFF",
  "half a pair \uD83D and the other \uDC1F, then a whole one 🐟",
];

test("a span with wide characters before and inside it is cut where the service cuts it", () => {
  const text = "🐟 The minister said that prices 📈 had doubled 📉 since spring.";
  const span = { start: 25, end: 60, text: "prices 📈 had doubled 📉 since spring" };
  const offsets = new Offsets(text);
  assert.equal(offsets.slice(span), span.text);
  assert.deepEqual(offsets.inUtf16(span), { start: 26, end: 63 });
  assert.notEqual(text.slice(span.start, span.end), span.text);
});

for (const text of TEXTS) {
  test(`every stretch of ${JSON.stringify(text)} is the same code points`, () => {
    const points = [...text];
    const offsets = new Offsets(text);
    for (let start = 0; start <= points.length; start += 1) {
      for (let end = start; end <= points.length; end += 1) {
        assert.equal(offsets.slice({ start, end }), points.slice(start, end).join(""));
      }
    }
  });

  test(`every place in ${JSON.stringify(text)} is found again from its unit`, () => {
    const offsets = new Offsets(text);
    let unit = 0;
    for (const [point, character] of [...text].entries()) {
      assert.equal(offsets.toUtf16(point), unit);
      for (let inside = 0; inside < character.length; inside += 1) {
        assert.equal(offsets.toCodePoints(unit + inside), point);
      }
      unit += character.length;
    }
    assert.equal(offsets.toUtf16([...text].length), text.length);
    assert.equal(offsets.toCodePoints(text.length), [...text].length);
  });
}

test("what is no place in the text is refused", () => {
  const offsets = new Offsets("🐟");
  for (const place of [-1, 0.5, 2, Number.NaN]) {
    assert.throws(() => offsets.toUtf16(place), RangeError);
  }
  assert.throws(() => offsets.toCodePoints(3), RangeError);
});
