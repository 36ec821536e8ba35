"""Posted texts read apart: in a process of their own that can be ended, whatever a text does to it.

Each process that serves starts, with the first text that is posted to it, one process that holds the extractor: the
*keeper* (`service.posted.keeper`), a fresh program with one thread and nothing of the server's in it. For every text the
keeper forks a *reader*, which writes down what the answer's body is, and is killed when its time is up, when whoever asked is
gone, or when it wants more memory than it may have. What goes to and fro is data: a text in, an answer's bytes out.
"""
