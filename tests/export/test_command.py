"""The command line and the dialog ask for the same things."""

import argparse
from dataclasses import fields

import pytest

from reader.commands import export as command
from reader.export.passages import Content, Form, Order, Request, Selection
from reader.export.writing import FORMATS


@pytest.fixture
def parsed():
    """Parse the arguments of `export`; return the request."""

    def parse(*arguments):
        parser = argparse.ArgumentParser()
        command.add_export_command(lambda *_: parser)
        return command._request(parser.parse_args(["a.txt", "--output", "out", *arguments]))

    return parse


def test_every_filter_and_every_look_can_be_asked_for(parsed):
    request = parsed(
        *("--format", "html", "--kind", "quote,person", "--no-terms", "--person", "Ana", "--person", "Ion"),
        *("--colour", "green", "--colour", "blue", "--tag", "cost", "--from", "2026-01-31", "--until", "2026-02-28"),
        *("--filter", "pod vechi", "--order", "tag", "--form", "compact", "--content", "articles"),
        *("--template", "briefing", "--title", "The bridge"),
    )
    assert request == Request(
        "html",
        Selection(
            *(frozenset({"quote", "person"}), frozenset({"Ana", "Ion"}), frozenset({"green", "blue"})),
            *(frozenset({"cost"}), False, "2026-01-31", "2026-02-28", "pod vechi"),
        ),
        Order.TAG,
        Form.COMPACT,
        Content.ARTICLES,
        "briefing",
        "The bridge",
    )
    unasked = [
        each.name
        for each in fields(Selection)
        if getattr(request.selection, each.name) == getattr(Selection(), each.name)
    ]
    assert unasked == []


@pytest.mark.parametrize("order", list(Order))
def test_the_orders_have_the_names_of_the_command_line(parsed, order):
    assert parsed("--format", "csv", "--order", order).order is order


def test_names_of_formats_orders_and_forms_are_said_in_one_way():
    assert command.FORMATS == FORMATS
    assert tuple(Order) == command.ORDERS
