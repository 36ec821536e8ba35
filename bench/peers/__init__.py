"""The service over a socket beside what else could serve the same records: `python -m bench.peers`.

Every server stands on this machine alone, has one process that answers, and holds the record of one snapshot. They are asked in
turns, for a second each, for a page of 20 statements of one speaker between two days; the processor time of the server is
what counts. Ratios are medians of the rounds' ratios to what the first row cost in the same round. The peers:

- a bare Flask route that returns the very bytes of such a page and does nothing else, under the service's own server with
  its settings, as is all that is made with Flask;
- FastAPI under uvicorn, over the same engine: filters and records' JSON are the service's, joined in a coroutine;
- Flask over SQLite: the filters are columns and tables with indexes, the records' JSON a column;
- datasette over the same file of SQLite, by the filters of its own pages of a table.
"""
