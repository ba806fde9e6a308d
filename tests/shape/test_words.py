"""People read Chinese, machines' folders stay out, and nothing is left for later."""

import re

from app.core.errors import CATALOGUE
from tests.shape import files

HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2,}")
# What a Chinese speaker writes in Latin letters too.
WELCOME = {
    "JPG", "PNG", "WebP", "JSON", "xlsx", "csv", "CSV", "Excel", "WPS", "URL", "HTTPS", "MB", "KB",
    "px", "Enter", "Esc",
    "iPhone", "iPad", "Safari", "Chrome", "Android", "App", "WiFi", "Wi", "Fi", "UTF", "ID",
    "true", "false",
}  # fmt: skip
SHOWN_ATTRIBUTES = re.compile(
    r'(?<![\w:@.#-])(?:title|label|placeholder|aria-label|alt|text|description)="([^"]*)"'
)
TEMPLATE = re.compile(r"<template>(.*)</template>", re.DOTALL)
NOT_SHOWN = re.compile(r"<!--.*?-->|\{\{.*?\}\}", re.DOTALL)
# Tags with quoted values, which may hold a ">" of their own.
TAG = re.compile(r"<[^>\"]*(?:\"[^\"]*\"[^>\"]*)*>", re.DOTALL)
# Spelled in two parts, so that this file does not name what it forbids.
FORBIDDEN_PATHS = re.compile("/wo" + r"rk/(main|shared|\.library)|/tm" + "p/plan|/op" + "t/pypi")
LEFT_OPEN = re.compile(r"(?:#|//|/\*|<!--).*\b(?:TO" + "DO|FIX" + r"ME)\b")


def foreign(sentence: str) -> list[str]:
    """The Latin words in a sentence that a Chinese speaker would not write."""
    return [word for word in LATIN.findall(sentence) if word not in WELCOME]


def test_every_refusal_speaks_chinese() -> None:
    wrong = {
        code: refusal.title
        for code, refusal in CATALOGUE.items()
        if not HAN.search(refusal.title) or foreign(refusal.title)
    }
    assert not wrong


def test_every_refusal_has_a_plain_code_and_an_error_status() -> None:
    odd = {
        code: refusal.status
        for code, refusal in CATALOGUE.items()
        if not re.fullmatch(r"[a-z][a-z_]+", code) or not 400 <= refusal.status <= 503
    }
    assert not odd


def test_no_english_is_shown_on_a_screen() -> None:
    wrong: dict[str, list[str]] = {}
    for path in files.client():
        found = TEMPLATE.search(path.read_text()) if path.suffix == ".vue" else None
        if not found:
            continue
        template = NOT_SHOWN.sub(" ", found[1])
        shown = TAG.sub(" ", template) + " ".join(SHOWN_ATTRIBUTES.findall(template))
        if words := foreign(re.sub(r"&\w+;", " ", shown)):
            wrong[files.shown(path)] = words
    assert not wrong


def test_no_file_names_a_folder_of_one_machine() -> None:
    named = [files.shown(path) for path in files.ours() if FORBIDDEN_PATHS.search(path.read_text())]
    assert not named


def test_nothing_is_marked_as_left_open() -> None:
    everything = (*files.python(), *files.client())
    marked = [files.shown(path) for path in everything if LEFT_OPEN.search(path.read_text())]
    assert not marked
