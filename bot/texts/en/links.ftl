card-links-missing = Missing students
link-mark = Mark as created
refusal-no-link = There is no such classroom, or it is not yours.
refusal-link-changed = The classroom is in another state by now. Check again.
refusal-link-of-which-school = It cannot be told which school this classroom is of, so the question was not sent. Please ask the director of the school where you teach the lesson.
refusal-not-answerable = There is no such question, or it is not for your school.
