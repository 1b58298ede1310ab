"""The eval suite: fixed question sets in, figures with intervals out.

| package | what it holds | may import, of this room |
| --- | --- | --- |
| `sets` | question sets, corpora and claims as files, and their gold placed in a library | nothing else |
| `scorers` | one question's answer compared with its gold: a figure and a reason | sets |
| `reports` | figures over all questions, comparisons, tables and pages | scorers, sets |
| `studies` | one part measured by itself: search, follow-ups, extraction, quotations | reports, scorers, sets |
| `runs` | a question set asked from beginning to end | all of these |
| `fitting` | recipes of the files of weights | sets, scorers, studies |

The modules beside them are the commands: `command` is `parley eval`, `bench` is `make bench`. See docs/eval.md.
"""
