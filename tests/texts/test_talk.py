"""Whether lines that no list foresees are told for the page's, by their words alone, among sentences that must stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.texts.blocks import find_blocks
from service.texts.paragraphs import cut
from service.texts.talk import is_desk, own_names, weigh

if TYPE_CHECKING:
    from service.vocabulary.furniture import Furniture

HEAD = ["Ruritania and its neighbour meet over river", "By Jane Doe"]
BEFORE = [
    "The foreign minister of Ruritania met his counterpart on Tuesday to discuss the border talks, officials said.",
    "“We will not move,” the minister, Ann Poe, told reporters in the capital after the meeting.",
]
AFTER = [
    "Neither side has published the text of the draft, which is to be signed in Springfield in the spring of next year.",
    "Exports fell by a tenth last year, according to the central bank, and the harbour has stood empty since then.",
]


def roles(lines: list[str], furniture: Furniture, joint: str = "\n\n") -> dict[str, str]:
    text = joint.join(lines)
    return {text[one.start : one.end]: one.role.value for one in find_blocks(text, 0, None, furniture)}


PAGE = [
    "You are reading a limited preview.",
    "You've reached the limit of free stories for this month.",
    "You have two articles left.",
    "Become a member from $3 a month and read everything we publish.",
    "Unlock this article with a free account.",
    "To keep reading, please log in.",
    "This feature is for registered users only.",
    "Your subscription makes our reporting possible.",
    "Turn on notifications so you never miss a headline.",
    "Get our reporting on the go: the app is free.",
    "How useful was this explanation?",
    "Did you like this report?",
    "Was this translated well? Yes / No",
    "Yes   No",
    "Rate this story",
    "Share your thoughts with us.",
    "Is something wrong with this page? Tell us.",
    "Have a story to share? Email us in confidence.",
    "Our journalists answer to nobody but our readers. If you can, chip in with a monthly gift.",
    "Every gift, large or small, pays for our reporting.",
    "We rely on readers like you to keep this site free.",
    "We use your data to make the site better. Read how.",
    "You can unsubscribe whenever you like.",
    "Report a mistake",
    "Readers' letters",
    "Manage my preferences",
    "Video Player is loading.",
    "Your ad will end in 10 seconds",
    "Hear the full interview on our podcast.",
    "Audio is AI-generated. Report an issue | Give feedback",
    "Swipe to see more photos.",
    "View gallery (8)",
    "Picture 3 of 9",
    "Download transcript",
    "Follow this topic",
    "Write for us",
    "Remove ads",
    "This page was last updated on 3 March 2015",
    "This article was amended on 4 March 2015.",
    "A printed version of this article appeared on page 3.",
    "Correction: an earlier version of this article gave a wrong date.",
    "The views in this column are the author's own.",
    "Comments are moderated and may be edited.",
    "World › Asia › Ruritania",
    "English | Français | Русский",
    "Share  Tweet  Pin  Email",
    "Facebook Twitter Print",
    "Springfield 12°C Partly cloudy",
    "Nikkei 15,820.96 -1.8%",
    "What others are reading",
    "Map: where it happened",
    "Your browser can't show this map.",
    "Choose your edition: US | UK | Asia",
]


@pytest.mark.parametrize("line", PAGE)
def test_the_page_is_told_in_the_middle_of_an_article(line: str, furniture: Furniture) -> None:
    found = roles([*HEAD, *BEFORE, line, *AFTER], furniture)
    assert found[line] == "furniture"
    assert all(found[body] == "body" for body in (*BEFORE, *AFTER))


ARTICLE = [
    "You could read the resolution as a warning, and many in the capital do.",
    "We have been here before.",
    "Is it enough? Not for the neighbours.",
    "Members of the council read the draft on Tuesday and asked for more time.",
    "Give them a month and the sanctions will bite.",
    "Tell that to the families waiting at the border.",
    "The note was sent to the ministry at six in the evening.",
    "If you want to know how this ends, look at the map.",
    "Readers of history will find little comfort in this story.",
    "Sign the treaty or lose the aid: that was the offer.",
    "The newspaper, which is paid for by the state, keeps its readers in the dark.",
    "What would you do in his place?",
    "Support for the government has fallen by half.",
    "The video shows a missile rising from a platform at sea.",
    "Watch the markets, not the speeches.",
    "This story has been told in the valley for decades.",
    "The letter costs the ministry nothing, and we should not pretend otherwise.",
    "The embassy closed its website and asked citizens to register by email.",
    "We will send them what they need, and you will not hear of it.",
    "You need access to the port, a free hand and daily supplies to run the mission.",
    "For 20 dollars a month you can hire a guard in the capital.",
    "Subscribers to the theory point to the summer of 1994.",
    "Hackers stole the password of the admiral's inbox.",
    "The app lets your neighbours report you to the police, and thousands have done so.",
    "Listen to the generals and you will hear a different song.",
    "“You can read it in our newsletter,” she told subscribers.",
    "“Support us, subscribe, share this page,” the banner read.",
    "The newspaper's website was blocked on Tuesday, and its editors left the country.",
    "Our correspondent was not let into the hall.",
    "You are with us or you are with the generals.",
    "Let us be clear about what this offer is.",
    "We have read the letter, all nine pages of it.",
    "The access of inspectors to the site was the subject of the evening session.",
    "Do you remember the summer of 1994?",
    "How useful are sanctions?",
    "Here is what you need to know.",
    "The player who matters most is China.",
    "This page of history is not closed.",
    "The talks, which began in 2012, were to resume on Wednesday.",
    "Why it matters",
    "Back to the table",
    "The price of silence",
]


@pytest.mark.parametrize("line", ARTICLE)
def test_the_article_stays_even_where_it_speaks_to_its_reader(line: str, furniture: Furniture) -> None:
    assert roles([*HEAD, *BEFORE, line, *AFTER], furniture)[line] == "body"
    assert roles([*HEAD, *BEFORE, "Advertisement", line, *AFTER], furniture)[line] == "body"


def test_the_outlets_own_name_is_a_sign(furniture: Furniture) -> None:
    line = cut(
        "The Courier is paid for by those who read it; whatever you can spare keeps its stories free.", 0
    )[0]
    names = own_names(cut("Front matter says it", 0), "The Courier", furniture)
    assert weigh(line, names, furniture).is_page
    assert not weigh(line, frozenset(), furniture).is_page
    assert is_desk(cut("Courier desk", 0)[0], names, furniture)
    assert not is_desk(cut("Courier desk closes", 0)[0], names, furniture)


def test_an_outlet_alone_on_its_line_names_the_page(furniture: Furniture) -> None:
    assert own_names(cut("Reuters\n\nThe dam is ready.", 0), None, furniture) == {"reuters"}


def test_quotations_and_reports_weigh_against(furniture: Furniture) -> None:
    said = "Read our newsletter, the editor told us"
    plainly = "Read our newsletter, dear friend of us"
    scores = [
        weigh(cut(words, 0)[0], frozenset(), furniture).score for words in (f"“{plainly}”", said, plainly)
    ]
    assert scores == sorted(scores)
    assert scores[1] < scores[2]


def test_long_paragraphs_and_bare_signs_tell_nothing(furniture: Furniture) -> None:
    for words in ("Subscribe to our newsletter. " * 40, "..."):
        assert weigh(cut(words, 0)[0], frozenset(), furniture).score == 0
