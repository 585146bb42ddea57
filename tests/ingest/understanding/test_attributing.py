import time

import pytest

from tests.ingest.understanding.material import first, speakers, understood


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The Harbour Office said the cameras were switched off.", "The Harbour Office"),
        ("Mara Oduya, the port’s security director, told councillors that nothing was stored.", "Mara Oduya"),
        ("“We were never asked,” said Mara Oduya, director of the port.", "Mara Oduya"),
        ("“We were never asked,” Oduya said.", "Oduya"),
        ("The scheme cost £4 million, according to the National Audit Board.", "the National Audit Board"),
        ("Campaigners warn that the trial has no legal basis.", "Campaigners"),
        ("The harbour, which opened in 1998, has twelve cameras.", None),
        ("Information Commissioner Ada Thorne concluded that consent was missing.", "Ada Thorne"),
        ("Orvell was accused by the Harbour Union of hiding the faults.", "the Harbour Union"),
        ("The union heard three witnesses and found that the logs had been altered.", "The union"),
        ("The firm has a report on the state of the harbour.", None),
        ("Both Orvell and Kestrel have denied selling the data.", "Orvell and Kestrel"),
        ("Ada Thorne, 51, said the fine was fair.", "Ada Thorne"),
        ("The office did not say when it would decide.", None),
        ("Orvell was named by the Harbour Safety Committee as a supplier.", "the Harbour Safety Committee"),
        ("A firm named Orvell runs the port.", None),
        ("The visit followed a request by Orvell for a meeting.", None),
        ("Ann Other replied in May.", "Ann Other"),
        ("Asked by the chair whether it was late, Ann Other replied that it was.", "Ann Other"),
        ("Pressed by the union, the minister admitted that it was late.", "the minister"),
        ("Asked whether the firm had apologised, Ann Other said that it had not.", "Ann Other"),
        ("It was four million pounds, a figure that the firm has confirmed.", None),
    ],
)
def test_a_sentence_names_its_own_speaker(sentence, speaker):
    assert speakers(sentence) == [speaker]


def test_a_pronoun_takes_up_the_last_person_who_spoke():
    said = speakers("Professor Ada Thorne wrote to Orvell in May. She asked the firm for its records.")
    assert said == ["Professor Ada Thorne", "Professor Ada Thorne"]


def test_a_pronoun_is_settled_across_paragraphs():
    said = speakers(
        "Thorne, the harbour commissioner, said the fine stands.",
        "The fine is due in June.",
        "She added that no appeal was open.",
    )
    assert said == ["Thorne", None, "Thorne"]


def test_a_pronoun_that_two_people_fit_is_left_open():
    said = speakers("Ada Thorne said the fine stands. Ruth Calder, the mayor, was in the room. She denied any link.")
    assert said[2] is None


def test_a_title_rules_a_pronoun_out():
    said = speakers("Sir Tom Hale said the fine stands. She denied any link.")
    assert said == ["Sir Tom Hale", None]


def test_a_pronoun_does_not_reach_over_a_heading():
    assert speakers("Ada Thorne said the fine stands.", "# Elsewhere", "She denied any link.")[1] is None


def test_a_surname_is_given_its_full_name_when_one_person_bears_it():
    assert speakers("Ada Thorne said it was late. Thorne said it was costly.")[1] == "Ada Thorne"


def test_two_people_of_one_surname_stay_apart():
    said = speakers("Ada Thorne said it was late. Mr Ben Thorne said it was early. Thorne said it was costly.")
    assert said == ["Ada Thorne", "Mr Ben Thorne", "Thorne"]


def test_a_quotation_over_several_sentences_is_the_speaker_of_its_end():
    said = speakers("“The logs are gone. Nobody kept a copy,” said Mara Oduya. The office closed.")
    assert said == ["Mara Oduya", "Mara Oduya", None]


def test_a_quotation_that_goes_on_is_the_speaker_of_its_beginning():
    assert speakers("“The logs are gone,” said Mara Oduya. “Nobody kept a copy.”") == ["Mara Oduya", "Mara Oduya"]


def test_a_quotation_over_paragraphs_keeps_its_speaker():
    said = speakers("“The logs are gone,” wrote Mara Oduya. “Nobody kept a copy.", "“We shall look again.”")
    assert said == ["Mara Oduya"] * 3


def test_a_block_quotation_is_whom_the_line_before_it_introduces():
    said = speakers("In a statement Ada Thorne said:", "> The fine stands. It will be paid.", "The office closed.")
    assert said == ["Ada Thorne", "Ada Thorne", "Ada Thorne", None]


def test_a_block_quotation_is_whose_name_stands_under_it():
    said = speakers("The office put up a notice.", "> No camera is switched on.", "> Harbour Office")
    assert said[1] == "Harbour Office"


def test_the_basis_is_the_sentence_that_names_the_speaker():
    found, texts = understood("“The logs are gone,” said Mara Oduya. “Nobody kept a copy.”")
    attribution = found.statements[1].attribution
    assert attribution.basis == found.statements[0].span
    assert attribution.quoted
    assert "Mara Oduya" in texts[0]


def test_the_chain_runs_from_the_outlet_to_whom_the_speaker_quotes():
    one = first(
        "“The tribunal found that the Harbour Office had misled the public,” wrote Ada Thorne, the commissioner."
    )
    assert one.attribution.chain == ("The Daily Record", "Ada Thorne", "The tribunal")
    assert one.attribution.role == "commissioner"


def test_a_possessor_of_findings_is_part_of_the_chain():
    one = first("Ada Thorne asked that the firm accept the council’s findings.")
    assert one.attribution.chain[-1] == "the council"
    assert one.attribution.addressee == "the firm"


@pytest.mark.parametrize(
    ("sentence", "addressee"),
    [
        ("Ada Thorne wrote to Orvell Systems about the logs.", "Orvell Systems"),
        ("The union urged the mayor to step in.", "the mayor"),
        ("Oduya told the Harbour Committee that it was safe.", "the Harbour Committee"),
        ("The union called on Orvell to publish the contract.", "Orvell"),
        ("Oduya said that it was safe.", None),
    ],
)
def test_whom_it_is_said_to_is_told(sentence, addressee):
    assert first(sentence).attribution.addressee == addressee


def test_the_company_that_is_addressed_is_the_one_addressed_before():
    said, _ = understood("Ada Thorne wrote to Orvell Systems in May.", "She asked the company to confirm it.")
    assert said.statements[1].attribution.addressee == "Orvell Systems"


def test_an_office_is_given_the_name_of_the_one_who_holds_it():
    said = speakers(
        "The port’s harbour safety commissioner has written to Orvell.",
        "“It is late,” wrote Ada Thorne, harbour safety and lighting commissioner.",
    )
    assert said[0] == "Ada Thorne"


def test_an_office_that_two_hold_is_left_as_it_is():
    said = speakers(
        "The harbour commissioner said it was late.",
        "Ada Thorne, harbour commissioner, spoke. Ben Yardley, harbour commissioner, listened.",
    )
    assert said[0] == "The harbour commissioner"


def test_the_company_is_the_one_that_spoke_before():
    assert speakers("Orvell said it was safe. The company said it would publish the logs.")[1] == "Orvell"


def test_the_committee_is_the_only_one_of_the_document():
    said = speakers("The Harbour Safety Committee met in May.", "The committee said it was safe.")
    assert said[1] == "Harbour Safety Committee"


def test_a_letter_is_its_signatorys_word_throughout():
    found, _ = understood(
        "Dear Ms Oduya,",
        "I write about the harbour cameras. Please confirm that they are off.",
        "Yours sincerely,",
        "Ada Thorne",
        "Harbour Commissioner",
        source_type=None,
    )
    asked = found.statements[2].attribution
    assert found.primary
    assert (asked.name, asked.addressee, asked.role) == ("Ada Thorne", "Ms Oduya", "Harbour Commissioner")


def test_a_long_quotation_costs_no_more_than_its_length():
    begun = time.perf_counter()
    understood("Ada Thorne said:", *["> The fine stands. It will be paid in June."] * 3000)
    assert time.perf_counter() - begun < 15


@pytest.mark.parametrize(
    "sentence",
    [
        "The firm and said " * 2_000,
        "In of " * 4_000 + "said it.",
        "The firm, " * 2_000 + "said it.",
        "Aa Bb Cc Dd " * 2_000 + "said it.",
        ")" * 8_000 + " said it.",
    ],
)
def test_an_odd_sentence_costs_no_more_than_its_length(sentence):
    begun = time.perf_counter()
    first(sentence)
    assert time.perf_counter() - begun < 15


def test_a_heading_parts_a_pronoun_from_what_was_said_above_it_and_not_from_its_own_paragraph() -> None:
    below = "Thorne asked Orvell for its plans. She asked it for its list."
    assert speakers("Ada Thorne wrote to Orvell.", "# Requests", below) == ["Ada Thorne"] * 3
    assert speakers("Ada Thorne wrote to Orvell.", "# Requests", "She asked it for its list.") == ["Ada Thorne", None]


def test_the_company_is_whom_the_document_says_it_stands_for():
    said = (
        "Arc Optics plc (“Arc Optics” or the “Company”) notes the coverage. A review by the auditors Finch & Low found "
        "no fault. The Company rejects the claim."
    )
    assert speakers(said)[2] == "Arc Optics"


def test_the_company_is_left_open_when_two_have_spoken():
    said = "Arc Optics said the gates were shut. Borealis Lamps welcomed this. The company added that none was faulty."
    assert speakers(said)[2] == "The company"
