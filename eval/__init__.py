"""The eval suite: fixed question sets in, figures with intervals out.

`eval.command` is what `parley eval` runs; `eval.bench` is what `make bench` runs. See docs/eval.md.
"""
