"""The page: layout, and one module a tab. Text of people and devices is only ever shown as text."""
