"""The eval suite: fixed question sets in, figures with intervals out.

`parley.eval.command` is what `parley eval` runs; `parley.eval.bench` is what `make bench` runs. See docs/eval.md.
"""
