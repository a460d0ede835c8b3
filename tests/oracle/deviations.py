"""Where natopay is known to differ from its manual.

The oracle follows the manual. Where that gives a difference, it computes once more with one deviation active, and a
situation that agrees then is counted under the deviation's name, and not as failed. An entry that no longer occurs
leaves with the mending of natopay. Each says what natopay does, and gives the words after "natopay" that show it.
"""

KNOWN = {
    'plan_takes_any_step_of_leavers': (
        "a plan takes a member of staff who has left before it begins with a step that a check says the grade does not have",
        # the row is done, with nothing paid; with start=2024-02-01 it is rejected
        "plan - --data data/eu --horizon 72, of the list: grade,duty_country,start,end,step "
        "and ASTSC4,FI,2008-02-01,2009-01-31,7"),
}

active = set()
