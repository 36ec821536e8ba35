"""Faults, each tried on the running service, under load, beside a control that shows that it bites: `python -m chaos`.

Every fault is a function that takes a `chaos.stage.Stage` and an `Effort` and gives a `Row`: how many requests there were, how
many of them failed, and how many of the control's, for which the same was done without what protects the service. A request
has failed where its answer is not there as a whole, or is another than the one promised, to the byte. Servers and nginx are
started on this machine alone, and only they are asked, signalled and killed.
"""
