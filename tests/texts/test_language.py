from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.texts.language import detect_language

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture

ENGLISH = "The minister said on Monday that the dam would be finished by spring, and that it was safe."
OTHERS = [
    "La ministre a dit lundi que le barrage serait achevé avant le printemps, après trois ans de travaux.",
    "Die Ministerin sagte am Montag, dass der Damm im Frühjahr fertig sein wird und in Betrieb gehen soll.",
    "De minister zei maandag dat de dam in het voorjaar klaar zou zijn en dat hij veilig was voor iedereen.",
    "La ministra dijo el lunes que la presa estaría terminada en primavera, después de tres años de obras.",
    "Ministeren sagde mandag at dæmningen vil være færdig til foråret og at den er sikker for alle i byen.",
    "Министр сообщил в понедельник, что плотина будет достроена к весне следующего года и станет безопасной.",
]


def test_english_is_told_from_its_neighbours(furniture: Furniture) -> None:
    assert detect_language(ENGLISH, furniture) == "en"
    assert [detect_language(words, furniture) for words in OTHERS] == ["und"] * len(OTHERS)


@pytest.mark.parametrize(
    ("words", "language"), [("Dam ready", "en"), ("плотина готова", "und"), ("12 34 !", "und"), ("", "und")]
)
def test_a_few_words_are_english_where_nothing_speaks_against_it(
    words: str, language: str, furniture: Furniture
) -> None:
    assert detect_language(words, furniture) == language
