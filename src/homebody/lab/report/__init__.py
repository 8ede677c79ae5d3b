"""Exams beside what others published: one page of HTML, and Markdown. What is ours is always marked so."""
