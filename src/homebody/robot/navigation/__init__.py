"""Finding the way: `grid` is where the body fits, `path` the shortest way there, `following` how to walk it.

Pure: from a floor plan, a pose and ranges to a velocity. What it does not know: where the dog is on the plan
other than by its odometry, which drifts; and floors other than the one that it stands on.
"""
