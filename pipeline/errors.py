"""The program's own exceptions; each message is one Chinese sentence for the clerk."""


class HeyanProblem(Exception):
    """Base of all."""


class UsageProblem(HeyanProblem):
    """The call or the inputs are unusable (exit status 2); nothing was written."""


class UnreadableInput(HeyanProblem):
    """A file of the inbox can't be read: becomes P001, never a failure of the program."""
