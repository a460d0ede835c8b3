"""Where natopay is known to differ from its manual.

The oracle follows the manual. Where that gives a difference, it computes once more with one deviation active, and a
situation that agrees then is counted under the deviation's name, and not as failed. An entry that no longer occurs
leaves with the mending of natopay. Each says what natopay does, and gives the words after "natopay" that show it.
"""

KNOWN = {
    'range_of_more_than_ten': (
        "with ten uncertain things that have two ends natopay counts one more, and holds the range open by one at a time",
        # net_high 12481.83 leaves out the deduction of similar allowances, which every answer draws
        "estimate --set duty_country=ES --set grade=G18 --set twin_grade=G19 --set start=2020-11-02 --set spouse=yes "
        "--set 'spouse_monthly_income=1000 BGN' --set child_births=2008-02-29 --set children_in_education=2 "
        "--set 'similar_allowances=5000 EUR' --set recruited=2020-01-13 --date 2029-03-06"),
    'plan_takes_any_step_of_leavers': (
        "a plan takes a member of staff who has left before it begins with a step that a check says the grade does not have",
        # the row is done, with nothing paid; with start=2024-02-01 it is rejected
        "plan - --data data/eu --horizon 72, of the list: grade,duty_country,start,end,step "
        "and ASTSC4,FI,2008-02-01,2009-01-31,7"),
}

active = set()
