"""The words of one home: its areas, devices, kinds, functions and choices, and what each is called."""
