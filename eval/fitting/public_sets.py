"""Turns sets as their authors published them into the files that the other recipes here read.

    python -m parley.eval.fitting.public_sets squad dev-v2.0.json --output FOLDER
    python -m parley.eval.fitting.public_sets clapnq clapnq_dev_answerable.jsonl clapnq_dev_unanswerable.jsonl --output FOLDER
    python -m parley.eval.fitting.public_sets wice data/entailment_retrieval/claim/dev.jsonl --output FOLDER

| set | published at | licence | files written | read by |
| --- | --- | --- | --- | --- |
| SQuAD 2.0 | rajpurkar.github.io/SQuAD-explorer | CC BY-SA 4.0 | questions.jsonl, corpus.jsonl | `reading_model` |
| CLAP NQ | github.com/primeqa/clapnq, annotated_data | Apache-2.0 | questions.jsonl, corpus.jsonl | `reading_model` |
| WiCE | github.com/ryokamoi/wice | ODC-BY 1.0 | claims.jsonl | `support` |

Nothing is downloaded. All of a set is written;
where the shipped figures come from a part of it, NOTICE says from how much.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Files = dict[str, list[Row]]
"""Rows by the name of the file they go to."""


def squad(paths: Sequence[Path]) -> Files:
    """SQuAD 2.0: each paragraph a document, each question one that it answers or does not."""
    questions, corpus = [], []
    for path in paths:
        for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                document = _document("squad", article["title"].replace("_", " "), paragraph["context"])
                corpus.append(document)
                for asked in paragraph["qas"]:
                    answers = list(dict.fromkeys(answer["text"] for answer in asked["answers"]))
                    questions.append(_question(f"squad-{asked['id']}", asked["question"], answers, document))
    return {"questions.jsonl": questions, "corpus.jsonl": corpus}


def clapnq(paths: Sequence[Path]) -> Files:
    """CLAP NQ: the passage of each question a document, also where it does not answer."""
    questions, corpus = [], {}
    for line in _lines(paths):
        passage = line["passages"][0]
        document = _document("clapnq", passage["title"], passage["text"])
        corpus[document["doc_id"]] = document
        answers = [output["answer"] for output in line["output"] if output["answer"]]
        questions.append(_question(f"clapnq-{line['id']}", line["input"], answers, document))
    return {"questions.jsonl": questions, "corpus.jsonl": list(corpus.values())}


def wice(paths: Sequence[Path]) -> Files:
    """WiCE: a claim counts as supported where all of it is; partly supported is not."""
    claims = [
        {
            "id": f"wice-{line['meta']['id']}",
            "claim": line["claim"],
            "supported": line["label"] == "supported",
            "evidence_sentences": line["evidence"],
        }
        for line in _lines(paths)
    ]
    return {"claims.jsonl": claims}


SETS: Mapping[str, Callable[[Sequence[Path]], Files]] = {"squad": squad, "clapnq": clapnq, "wice": wice}


def _document(name: str, title: str, text: str) -> Row:
    digest = sha256(f"{title}\0{text}".encode()).hexdigest()
    return {"doc_id": f"{name}-{digest[:12]}", "title": title, "source": "Wikipedia", "date": "", "text": text}


def _question(key: str, text: str, answers: Sequence[str], document: Row) -> Row:
    """A question that `document` answers with any of `answers`, or does not answer where there are none."""
    gold = [document["doc_id"]] if answers else []
    return {"id": key, "question": text, "gold_answers": list(answers), "gold_doc_ids": gold, "answerable": bool(answers)}


def _lines(paths: Sequence[Path]) -> Iterator[Row]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def main() -> None:
    """Read the set, write its files, tell how many rows each has."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("name", choices=SETS, help="which set the files are of")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help="as published")
    parser.add_argument("--output", metavar="FOLDER", type=Path, required=True, help="where the files are written")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name, rows in SETS[arguments.name](arguments.files).items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (arguments.output / name).write_text(text, encoding="utf-8")
        print(f"{arguments.output / name}: {len(rows)}")  # noqa: T201


if __name__ == "__main__":
    main()
