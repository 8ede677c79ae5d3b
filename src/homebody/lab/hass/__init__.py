"""Home Assistant's sentence tests, as a measure of compatibility.

Their files give a home (areas, floors, entities), sentences, and for each the intent with its slots. Here
the home becomes one of Homebody's, and intent and slots become what a plan must hold; both by general rules
that know domains and intents, and no sentence.
"""
