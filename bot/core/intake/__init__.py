"""Intake (приемане): the students of the grades a school begins with, before the school year."""
