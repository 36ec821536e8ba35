from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.texts.page import caption_score, is_credit_line, is_furniture
from service.texts.paragraphs import Paragraph, cut

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture


def paragraph(words: str) -> Paragraph:
    return cut(words, 0)[0]


@pytest.mark.parametrize(
    "words",
    [
        "Recommended",
        "ADVERTISEMENT.",
        "0:00 0:02:47 0:00",
        "___",
        "12 comments",
        "© 2015 The Springfield Courier",
        "Copyright 2015 Springfield Courier. All rights reserved.",
        "Sign up for our weekly briefing",
        "Related: Five facts about dams",
        "Follow Jane Doe on Twitter @janedoe",
        "We use cookies to make this site better.",
        "You have 3 free articles left this month. Log in or subscribe.",
        "(Reporting by Jane Doe; Editing by John Roe)",
        "https://example.org/dam",
        "<embed src='player'>",
        "Jane Doe/Springfield Pictures",
    ],
)
def test_what_the_page_says_is_furniture(words: str, furniture: Furniture) -> None:
    assert is_furniture(paragraph(words), furniture)


@pytest.mark.parametrize(
    "words",
    [
        "The dam is ready.",
        "Is it safe?",
        "“Subscribe to our newsletter,” read the sign on the dam.",
        "The company said subscribers would find free articles in the app.",
        "We will not go away.",
        "More on Friday's vote than on the dam itself was heard in the hall.",
        "Copyright holders have gone to court over the film.",
        "You can read the law as a ban on dams.",
        "Welcomed by the mayor, the engineers went to work.",
        "Why it matters",
        "We can live in a free country, with access to clean water.",
        "You have a month to open an account with the daily allowance.",
    ],
)
def test_what_the_article_says_is_not(words: str, furniture: Furniture) -> None:
    assert not is_furniture(paragraph(words), furniture)


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe/AFP/Getty Images",
        "Jane Doe/Reuters/Pool",
        "(Photo: Jane Doe)",
        "Photo by Jane Doe",
        "AP Photo/Jane Doe",
        "- Reuters",
        "AFP",
        "Archive picture",
        "Pool photo by Jane Doe",
        "Photo for The Courier",
        "AP photo",
        "Credit...Jane Doe/The Courier",
    ],
)
def test_photo_credits_are_told(line: str, furniture: Furniture) -> None:
    assert is_credit_line(line, furniture)


@pytest.mark.parametrize(
    "line",
    [
        "Either/or is no answer.",
        "Jane Doe",
        "The Photo That Shook The Valley",
        "Photo finish",
        "Picture",
        "It is a photo by Jane.",
        "The dam is ready.",
        "A/B " * 60,
    ],
)
def test_other_lines_are_no_credits(line: str, furniture: Furniture) -> None:
    assert not is_credit_line(line, furniture)


@pytest.mark.parametrize(
    "words",
    [
        "Minister Ann Poe speaks at the dam near Springfield on March 2, 2015.",
        "Minister Ann Poe, left, and Mayor Max Moe, in Springfield, March 2, 2015.",
        "FILE - Minister Ann Poe in her office.",
        "In this March 2, 2015 file photo, the dam is empty.",
        "Minister Ann Poe (left) shakes hands with the mayor.",
        "Minister Ann Poe walks to her car. (Photo: Jane Doe)",
        "Ann Poe with Max Moe, her host, in Springfield on Friday.",
        "Minister Ann Poe and Mayor of Springfield Max Moe after their meeting on Friday.",
        "Ann Poe at a fair for farmers in Springfield, March 2, 2015.",
    ],
)
def test_captions_score_two_or_more(words: str, furniture: Furniture) -> None:
    assert caption_score(paragraph(words), furniture) >= 2


@pytest.mark.parametrize(
    "words",
    [
        "Minister Ann Poe was elected in Springfield on March 2, 2015.",
        "Minister Ann Poe said, left, right and center, that she speaks for all, on March 2, 2015.",
        "The talks are over.",
        "Ann Poe with her small party won the vote on Friday.",
        "Ann Poe in Springfield opened the dam on Friday.",
        "The talks, which began in 2012, were to resume on Wednesday.",
        "“She speaks well,” he told reporters in Springfield on March 2, 2015.",
    ],
)
def test_body_sentences_score_less(words: str, furniture: Furniture) -> None:
    assert caption_score(paragraph(words), furniture) < 2
