card-links-missing = Missing students
link-mark = Mark as made
refusal-no-link = There is no such link, or it is not yours.
refusal-link-changed = The link is in another state by now. Check again.
refusal-not-answerable = There is no such question, or it is not for your school.
