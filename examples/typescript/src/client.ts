// A client in a page: lists by their filters, page after page; texts; and what a text of one's own says.

import type { Extracted, Field, Filters, Item, Kind, Page, Problem } from "./shapes.js";

export class Onrecord {
  readonly #base: string;

  /** `base` is where the service is: `http://localhost:8000`. */
  constructor(base: string) {
    this.#base = base;
  }

  /** The first page of a list; with `fields`, its records have just these members, and the types know. */
  async list<K extends Kind, const F extends Field<K> = never>(
    kind: K,
    filters?: Filters<K> & { fields?: readonly F[] },
  ): Promise<Page<K, F>> {
    return (await this.#json(`/v1/${kind}${queryString(filters ?? {})}`)) as Page<K, F>;
  }

  /** Every page of a list, one after the other. */
  async *pages<K extends Kind, const F extends Field<K> = never>(
    kind: K,
    filters?: Filters<K> & { fields?: readonly F[] },
  ): AsyncGenerator<Page<K, F>, void, undefined> {
    let page = await this.list<K, F>(kind, filters);
    yield page;
    while (page.links.next !== undefined) {
      page = (await this.#json(page.links.next)) as Page<K, F>;
      yield page;
    }
  }

  /** Every record of a list; pages are fetched as they are needed. */
  async *all<K extends Kind, const F extends Field<K> = never>(
    kind: K,
    filters?: Filters<K> & { fields?: readonly F[] },
  ): AsyncGenerator<Item<K, F>, void, undefined> {
    for await (const page of this.pages<K, F>(kind, filters)) {
      yield* page.items;
    }
  }

  /** The text of a source, to which all its offsets belong. */
  async text(source: string): Promise<string> {
    const answer = await this.#ask(`/v1/sources/${encodeURIComponent(source)}/text`);
    // Response.text() would drop a byte order mark at the start, and every offset with it.
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer());
  }

  /** What a text says that the service does not have; it keeps nothing of it. */
  async extract(text: string): Promise<Extracted> {
    const headers = { "Content-Type": "text/plain; charset=utf-8" };
    return (await this.#json("/v1/extract", { method: "POST", headers, body: text })) as Extracted;
  }

  async #json(path: string, request?: RequestInit): Promise<unknown> {
    return (await this.#ask(path, request)).json();
  }

  async #ask(path: string, request?: RequestInit): Promise<Response> {
    const answer = await fetch(new URL(path, this.#base), request);
    if (answer.ok) {
      return answer;
    }
    if (answer.headers.get("Content-Type") !== "application/problem+json") {
      throw new Error(`${answer.status} ${answer.statusText}: ${path}`);
    }
    throw new OnrecordError((await answer.json()) as Problem);
  }
}

/** An error of the service's, as it tells it: `problem.errors` says parameter by parameter what would be right. */
export class OnrecordError extends Error {
  override readonly name = "OnrecordError";

  constructor(readonly problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
  }
}

/** Repeats a parameter for each of its values, in double quotes where a comma would otherwise make two of one. */
export function queryString(parameters: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters) as [string, unknown][]) {
    if (Array.isArray(value)) {
      for (const each of value) {
        query.append(name, quoted(String(each)));
      }
    } else if (value !== undefined) {
      query.append(name, String(value));
    }
  }
  return query.size > 0 ? `?${query}` : "";
}

function quoted(value: string): string {
  return /[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
