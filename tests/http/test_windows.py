"""Windows of the rates: counted, over in time by a clock that only goes on, and never more than so many."""

from __future__ import annotations

from service.http.windows import Windows


def test_a_window_counts_until_it_is_over() -> None:
    now = [100.0]
    windows = Windows(now=lambda: now[0])
    assert [windows.incr("ada", 60) for _ in range(2)] == [1, 2]
    now[0] = 159.0
    assert (windows.incr("ada", 60), windows.get("ada"), windows.get_expiry("ada")) == (3, 3, 160.0)
    now[0] = 160.0
    assert (windows.get("ada"), windows.get_expiry("ada"), windows.incr("ada", 60)) == (0, 160.0, 1)
    assert windows.get_expiry("ada") == 220.0


def test_who_has_not_asked_for_longest_gives_way_to_more() -> None:
    windows = Windows(most=3)
    for client in ("ada", "ben", "cleo", "ada", "dora"):
        windows.incr(client, 60)
    assert [windows.get(each) for each in ("ada", "ben", "cleo", "dora")] == [2, 0, 1, 1]


def test_windows_are_forgotten() -> None:
    windows = Windows()
    for client in ("ada", "ben", "cleo"):
        windows.incr(client, 60)
    windows.clear("ada")
    assert (windows.get("ada"), windows.check(), windows.reset(), windows.get("ben")) == (0, True, 2, 0)
