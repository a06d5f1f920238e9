"""What a user, a school, a class and a group look like in answers."""
