import pytest

from tests.ingest.understanding.material import first


@pytest.mark.parametrize(
    ("sentence", "standing"),
    [
        ("The tribunal found that the logs had been altered.", "finding"),
        ("A survey by the council concluded that half the cameras were off.", "finding"),
        ("The union accused Orvell of hiding the faults.", "allegation"),
        ("Orvell allegedly sold the footage.", "allegation"),
        ("Orvell’s cameras are reportedly used in three prisons.", "allegation"),
        ("The union claimed that Orvell had lied about the faults.", "allegation"),
        ("Orvell was named by the council as taking part in unlawful tracking.", "allegation"),
        ("Thorne asked the firm to confirm the figures.", "request"),
        ("The union called on the mayor to step in.", "request"),
        ("The letter followed a request by Orvell for a meeting.", "request"),
        ("Orvell denied selling the footage.", "denial"),
        ("Orvell said the claims were baseless.", "denial"),
        ("Orvell told its partners that the council’s accusations were unsubstantiated.", "denial"),
        ("The union said the allegations were serious.", "allegation"),
        ("The court denied the firm’s application for leave.", "decision"),
        ("A request for the contract was refused by the port.", "decision"),
        ("The port has banned the cameras.", "decision"),
        ("The ministry fined the firm £20,000.", "decision"),
        ("The council voted in favour of the plan.", "decision"),
        ("Orvell replied that the logs were complete.", "response"),
        ("Orvell declined to comment.", "response"),
        ("The Harbours Act requires operators to keep a log.", "law"),
        ("An operator must not store images beyond thirty days.", "law"),
        ("“It is far too late to mend this,” said Oduya.", "opinion"),
        ("Thorne believes the scheme is popular.", "opinion"),
        ("Perhaps the port never meant to switch them on.", "opinion"),
        ("The harbour has twelve cameras.", "statement_of_fact"),
        ("Orvell passed the logs to the navy, two former employees have claimed.", "allegation"),
        ("We demand that the Board ban the cameras.", "request"),
        ("It is not correct that emergency calls failed.", "denial"),
        ("I think the port is badly run.", "opinion"),
        ("The Board considered the letter from Orvell.", "statement_of_fact"),
        ("The Board considered that the letter came too late.", "opinion"),
        ("My office has not reached a finding on the allegation.", "statement_of_fact"),
        ("Oduya said twelve cameras were bought in 2019.", "statement_of_fact"),
    ],
)
def test_the_standing_of_a_sentence(sentence, standing):
    assert first(sentence).standing == standing


def test_the_words_that_decided_are_kept():
    assert first("Orvell allegedly sold the footage.").cue == "allegedly"


def test_every_sentence_of_a_law_is_law():
    assert first("Records are kept for thirty days.", source_type="legislation").standing == "law"


def test_what_a_document_says_against_an_abuse_alleges_none():
    said = "“The rule helps to prevent unlawful tracking of crews in 12 ports,” said Oduya."
    assert first(said).standing != "allegation"
