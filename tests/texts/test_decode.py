from __future__ import annotations

import pytest

from service.texts.decode import decode

WORDS = "“Ready,” she said – and it was.\r\nNo line end changes.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_and_plain_unicode_is_read_without_doubt(encoding: str) -> None:
    decoded = decode(WORDS.encode(encoding))
    assert decoded.characters == WORDS
    assert decoded.doubts == ()


def test_big_endian_utf_16_is_told_by_its_mark() -> None:
    assert decode(b"\xfe\xff" + WORDS.encode("utf-16-be")).characters == WORDS


def test_windows_1252_is_read_and_named_as_a_guess() -> None:
    decoded = decode(WORDS.encode("cp1252"))
    assert decoded.characters == WORDS
    assert decoded.encoding == "cp1252"
    assert "cp1252" in decoded.doubts[0]
    assert "UTF-8" in decoded.doubts[0]


def test_text_beyond_latin_is_left_to_the_detector() -> None:
    words = "Министр сообщил в понедельник, что плотина будет достроена к весне следующего года. " * 5
    assert decode(words.encode("cp1251")).characters == words


def test_a_broken_byte_in_utf_8_costs_one_character_only() -> None:
    data = ("“Ready,” she said. " * 20).encode() + b"\xff end"
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.characters.endswith("\ufffd end")
    assert decoded.characters.startswith("“Ready,”")
    assert str(len(data) - 5) in decoded.doubts[0]


def test_a_broken_byte_among_few_marks_costs_one_character_only() -> None:
    data = "“Ready,” she said. The bridge over the Oder holds".encode() + b"\xe9 end"
    assert decode(data).encoding == "utf-8"


def test_a_cut_utf_16_file_is_read_with_a_doubt() -> None:
    decoded = decode(WORDS.encode("utf-16")[:-1])
    assert decoded.characters.startswith("“Ready")
    assert len(decoded.doubts) == 1
