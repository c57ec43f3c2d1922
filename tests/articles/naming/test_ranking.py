"""Who is meant: certain where the text says so, ranked where it does not, and nobody guessed."""

from __future__ import annotations

import pytest

from articles.naming.ranking import Company, Known, Mention, Reason, certain, rank

RYABKOV = Known(1, "Sergey Ryabkov", title="Deputy Foreign Minister", affiliation="Russia, Ministry of Foreign Affairs")
NAMESAKE = Known(2, "Vladimir Ryabkov", title="skier")
KREMLIN = Known(3, "Kremlin", is_person=False)
LULA = Known(4, "Luiz Inácio da Silva", aliases=["Lula", "da Silva"])
SUKARNO = Known(5, "Sukarno")


def meant(mention: Mention, *known: Known, company: dict[int, Company] | None = None) -> object:
    found = certain(mention, rank(mention, known, company))
    return found and found.known.key


@pytest.mark.parametrize(
    "mention",
    [
        Mention("Ryabkov", "Sergey Ryabkov"),
        Mention("Ryabkov", "Sergei Ryabkov", title="Russian Deputy Foreign Minister"),
        Mention("Рябков", "Сергей Рябков", language="ru"),
        Mention("Russian Deputy Foreign Minister Sergey Ryabkov"),
        Mention("deputy minister Sergey Ryabkov"),
        Mention("Mr Sergey Ryabkov"),
    ],
)
def test_a_full_name_that_one_person_has_is_certain(mention: Mention) -> None:
    assert meant(mention, RYABKOV, NAMESAKE) == 1


def test_a_surname_is_never_certain_even_if_one_person_has_it() -> None:
    assert rank(Mention("Ryabkov"), [RYABKOV])[0].known == RYABKOV
    assert meant(Mention("Ryabkov"), RYABKOV) is None


def test_a_surname_kept_as_an_alias_is_still_a_surname() -> None:
    assert meant(Mention("da Silva"), LULA) is None


@pytest.mark.parametrize(("mention", "key"), [("the Kremlin", 3), ("Lula", 4), ("Sukarno", 5)])
def test_one_word_is_certain_where_it_is_all_the_name_there_is(mention: str, key: int) -> None:
    assert meant(Mention(mention), RYABKOV, KREMLIN, LULA, SUKARNO) == key


def test_one_word_that_is_also_a_part_of_another_name_is_not_certain() -> None:
    assert meant(Mention("Sukarno"), SUKARNO, Known(6, "Guntur Sukarno")) is None


def test_of_two_with_one_name_nobody_is_guessed() -> None:
    assert meant(Mention("Smith", "John Smith"), Known(1, "John Smith"), Known(2, "John Smith")) is None


def test_of_two_with_one_name_the_title_tells_where_it_fits_one_and_not_the_other() -> None:
    mayor, biologist = Known(1, "John Smith", title="mayor of Leeds"), Known(2, "John Smith", title="biologist")

    assert meant(Mention("Smith", "John Smith", title="mayor"), mayor, biologist) == 1
    assert meant(Mention("Smith", "John Smith", title="mayor"), mayor, Known(2, "John Smith")) is None


def test_another_title_makes_a_name_uncertain_unless_the_company_is_known() -> None:
    singer = Mention("Ryabkov", "Sergey Ryabkov", title="singer")

    assert meant(singer, RYABKOV) is None
    assert Reason.OTHER_TITLE in rank(singer, [RYABKOV])[0].reasons
    assert meant(singer, RYABKOV, company={1: Company(beside="Dmitry Peskov")}) == 1


def test_a_longer_name_is_not_taken_for_its_ending() -> None:
    assert meant(Mention("Maria Elena Lopez Garcia"), Known(1, "Lopez Garcia")) is None


def test_company_title_and_outlet_put_people_in_order() -> None:
    bearers = [Known(key, f"{name} Reed") for key, name in enumerate(("Ana", "Bea", "Cleo", "Dora"))]
    company = {3: Company(beside="Rui Costa"), 2: Company(in_outlet=True), 1: Company(in_language=True)}

    ranked = rank(Mention("Reed"), bearers, company)

    assert [one.known.key for one in ranked] == [3, 2, 1, 0]
    assert ranked[0].beside == "Rui Costa"
    assert ranked[0].reasons == (Reason.PART, Reason.BESIDE)


def test_the_nearer_name_goes_before_whatever_company() -> None:
    known = [Known(1, "Tomas Reed"), Known(2, "Tomasz Reed-Long")]
    company = {2: Company("Rui Costa", in_outlet=True, in_language=True)}

    assert rank(Mention("Reed", "Tomas Reed"), known, company)[0].known.key == 1


def test_whoever_has_nothing_of_the_name_is_not_offered() -> None:
    assert rank(Mention("Reed", "Tomas Reed"), [RYABKOV, KREMLIN]) == []
