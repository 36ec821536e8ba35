// Offsets of the service count Unicode code points, JavaScript's strings UTF-16 units: they part at the first emoji.

/** A stretch of a text, end exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Converts the offsets of one text. It is read once; each conversion then takes a few comparisons, however long the text.
 *
 * Both directions throw a RangeError for what is no place in the text. Of the two units of one character, the second is
 * counted as its beginning.
 */
export class Offsets {
  readonly #text: string;
  /** For each character that takes two units, in order: which code point it is. */
  readonly #wide: number[] = [];
  readonly #length: number;

  constructor(text: string) {
    this.#text = text;
    let point = 0;
    for (const character of text) {
      if (character.length === 2) {
        this.#wide.push(point);
      }
      point += 1;
    }
    this.#length = point;
  }

  /** From code points to UTF-16 units. */
  toUtf16(point: number): number {
    this.#check(point, this.#length);
    return point + this.#before((wide) => wide < point);
  }

  /** From UTF-16 units, such as those of a selection in a browser, to code points. */
  toCodePoints(unit: number): number {
    this.#check(unit, this.#text.length);
    return unit - this.#before((wide, index) => wide + index < unit);
  }

  /** The same stretch in UTF-16 units, as `String.slice` and DOM ranges take it. */
  inUtf16({ start, end }: Stretch): Stretch {
    return { start: this.toUtf16(start), end: this.toUtf16(end) };
  }

  /** The words of a stretch: for every span of an answer, its `text`. */
  slice(stretch: Stretch): string {
    const { start, end } = this.inUtf16(stretch);
    return this.#text.slice(start, end);
  }

  /** How many wide characters satisfy `holds`, which none does after the first that does not. */
  #before(holds: (wide: number, index: number) => boolean): number {
    let low = 0;
    let high = this.#wide.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.#wide[middle] ?? Infinity, middle)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  #check(place: number, length: number): void {
    if (!Number.isInteger(place) || place < 0 || place > length) {
      throw new RangeError(`${place} is no place in a text of length ${length}`);
    }
  }
}
