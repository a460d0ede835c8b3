"""Where natopay is known to differ from its manual.

The oracle follows the manual. Where that gives a difference, it computes once more with one deviation active, and a
situation that agrees then is counted under the deviation's name, and not as failed. An entry that no longer occurs
leaves with the mending of natopay.
"""

KNOWN = {
    'ratio_on_derived_figures':
        "before a country's first section, figures that were themselves derived by the ratio take part in it",
    'residence_asked_for_all_the_same':
        "the range of the net covers the country of residence where the years of residence were given instead",
    'range_leaves_out_what_turns_up_late':
        "the range of the net misses what a line rests on only when two or more answers are other than the defaults",
    'plan_leaves_out_basic_salary':
        "plan pays by the scale where a row gives basic_salary",
    'other_grades_are_not_of_the_user':
        "a printed figure that follows the user's basic salary is estimated instead of user",
    'amounts_in_another_currency':
        "a post is refused whose basic salary is given in euro and whose country has amounts printed in its own currency",
    'own_salary_at_the_first_section':
        "a basic salary of a day before the country's first section is taken for one of that section",
    'salary_between_others_leads_nowhere':
        "other grades do not follow the basic salary of a grade that the reference country has between others only",
    'own_salary_ends_without_an_index':
        "a month is refused to which no index leads from the basic salary that was given, though the book has a figure",
    'range_of_newest_rate_only':
        "low and high of an exchange rate count for its newest date only",
    'plan_looks_beyond_the_end':
        "plan rejects a row whose contract ended before the plan, for a figure of a time after that end",
}

active = set()
