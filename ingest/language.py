"""The spaCy pipeline: blank Vietnamese, a tokenizer for official prose, and one pass over all known names.

`Doc` and text share their offsets: `nlp(spaced(text))`, where line breaks became blanks so that a name wrapped over
two lines is still one phrase, while an empty line (two blanks) ends it. Every mark of punctuation is a token of its
own, so "19-NQ/TW," can be cut anywhere a name ends. A token's norm is `ntmgraph.text.key`: "Thuỷ" equals "thủy".

The component `known_names` reads the text and writes `doc.spans[layer]` for each layer of LAYERS: the longest names,
in text order, not overlapping within a layer; `span.kb_id_` is the catalogue's id.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack

import spacy
from spacy.attrs import NORM
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from ntmgraph.authority import Authority
from ntmgraph.text import key

WORDS_KEPT = 20_000

_MARK = re.compile(r"[^\w\s]")
_FIRST_MARK = re.compile(r"^[^\w\s]")
_LAST_MARK = re.compile(r"[^\w\s]$")


def _criterion_names(authority: Authority) -> Iterator[tuple[str, str]]:
    """Yield each name under its own key: which set is meant is decided by the whole document."""
    for criterion in authority.criteria:
        yield from ((key(name), name) for name in (criterion.name, *criterion.aliases))


# Agencies are not among them: their names end with a level word or a place, which no list of phrases holds.
LAYERS: dict[str, Callable[[Authority], Iterable[tuple[str, str]]]] = {
    "criteria": _criterion_names,
}


def spaced(text: str) -> str:
    """Return the text with blanks for line breaks: same length, same offsets."""
    return text.replace("\n", " ")


def make_language(authority: Authority) -> Language:
    """Return the pipeline with the catalogue's names; make it once, it serves every document."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.max_length = 100_000_000  # nothing here grows faster than the text; readers set the limit of a file
    nlp.vocab.lex_attr_getters[NORM] = key  # type: ignore[attr-defined]  # not in spaCy's stub
    nlp.tokenizer = Tokenizer(
        nlp.vocab, prefix_search=_FIRST_MARK.search, suffix_search=_LAST_MARK.search, infix_finditer=_MARK.finditer
    )
    names = nlp.add_pipe("known_names")
    assert isinstance(names, KnownNames)
    for layer, read in LAYERS.items():
        names.add(layer, read(authority))
    nlp.tokenizer = Forgetful(nlp.tokenizer, nlp.vocab)
    return nlp


class Forgetful:
    """A tokenizer whose vocabulary stays small, however many documents one process reads.

    spaCy keeps every word that it ever met. Here it keeps the first WORDS_KEPT, among them all that the genre uses
    again and again; words met later live in a memory zone that ends before the next text. So a Doc is good until
    then, which is as long as its document is read.
    """

    def __init__(self, tokenizer: Tokenizer, vocab: Vocab) -> None:
        self._tokenizer = tokenizer
        self._vocab = vocab
        self._zone = ExitStack()

    def __call__(self, text: str) -> Doc:
        self._zone.close()
        if len(self._vocab.strings) >= WORDS_KEPT:
            self._zone.enter_context(self._vocab.memory_zone())
        doc: Doc = self._tokenizer(text)
        return doc


@Language.factory("known_names", assigns=["doc.spans"])
def _known_names(nlp: Language, name: str) -> KnownNames:
    return KnownNames(nlp)


class KnownNames:
    """One PhraseMatcher over the names of every layer."""

    def __init__(self, nlp: Language) -> None:
        self._make_doc = nlp.make_doc
        self._strings = nlp.vocab.strings
        self._matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        self._of: dict[int, tuple[str, str]] = {}  # match id -> layer, catalogue id
        self._layers: list[str] = []

    def add(self, layer: str, names: Iterable[tuple[str, str]]) -> None:
        """Add (id, name) pairs to a layer."""
        self._layers.append(layer)
        patterns: defaultdict[str, list[Doc]] = defaultdict(list)
        for identifier, name in names:
            patterns[identifier].append(self._make_doc(name))
        for identifier, docs in patterns.items():
            label = f"{layer}\x1f{identifier}"
            self._matcher.add(label, docs)
            self._of[self._strings[label]] = (layer, identifier)

    def __call__(self, doc: Doc) -> Doc:
        found: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for match, start, end in self._matcher(doc):
            layer, identifier = self._of[match]
            found[layer].append((start, -end, identifier))
        for layer in self._layers:
            spans: list[Span] = []
            after = 0
            for start, minus_end, identifier in sorted(found[layer]):
                if start >= after:
                    after = -minus_end
                    spans.append(Span(doc, start, after, label=layer, kb_id=identifier))
            doc.spans[layer] = spans
        return doc
