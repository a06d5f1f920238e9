card-links-missing = Missing students
link-mark = Mark as created
refusal-no-link = There is no such classroom, or it is not yours.
refusal-link-changed = The classroom is in another state by now. Check again.
refusal-not-answerable = There is no such question, or it is not for your school.
