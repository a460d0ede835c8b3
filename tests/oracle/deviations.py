"""Where natopay is known to differ from its manual.

The oracle follows the manual. Where that gives a difference, it computes once more with one deviation active, and a
situation that agrees then is counted under the deviation's name, and not as failed. An entry that no longer occurs
leaves with the mending of natopay.
"""

KNOWN = {
    'residence_asked_for_all_the_same':
        "the range of the net covers the country of residence where the years of residence were given instead",
    'range_of_newest_rate_only':
        "low and high of an exchange rate count for its newest date only",
    'plan_looks_beyond_the_end':
        "plan rejects a row whose contract ended before the plan, for a figure of a time after that end",
}

active = set()
