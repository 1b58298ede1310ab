"""Making the files of figures that the reader ships with, from data that may be shipped; each module tells its recipe."""
